package dev.nommu.kernel.board;

import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Includes;
import java.nio.file.Path;

/** Boards of a test. */
final class Boards {
  private Boards() {}

  /** Returns a board from source text and what a boot loader says. */
  static Board parse(String name, String source, BootLoader loader) throws BoardException {
    try {
      DeviceTree tree = DeviceTree.parseDts(source, name, Includes.none());
      return Board.of(name, tree, Path.of(""), loader);
    } catch (DeviceTreeException malformed) {
      throw new BoardException(String.valueOf(malformed.getMessage()), malformed);
    }
  }
}
