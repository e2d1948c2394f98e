package dev.nommu.bench.row;

import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Includes;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import java.nio.file.Path;

/** Boards for benchmarks: RAM, and the nodes that a benchmark adds as device tree source. */
final class BenchBoard {
  private BenchBoard() {}

  /** Returns a board with this much RAM and these nodes. */
  static Board with(long mebibytes, String nodes, Path directory) throws BoardException {
    try {
      DeviceTree tree = DeviceTree.parseDts(source(mebibytes, nodes), "bench.dts", Includes.none());
      return Board.of("bench", tree, directory);
    } catch (DeviceTreeException malformed) {
      throw new BoardException("bench: " + malformed.getMessage(), malformed);
    }
  }

  /** Returns such a board as device tree source. */
  static String source(long mebibytes, String nodes) {
    return """
    /dts-v1/;
    / {
      #address-cells = <2>;
      #size-cells = <2>;
      memory@80000000 { device_type = "memory"; reg = <0 0x80000000 0 %#x>; };
      %s
    };
    """
        .formatted(mebibytes << 20, nodes);
  }

  /** Boots a machine that has only RAM. */
  static Machine boot(long mebibytes) throws BoardException {
    return Machine.boot(with(mebibytes, "", Path.of(".")));
  }
}
