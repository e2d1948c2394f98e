package dev.nommu.snippets;

import dev.nommu.devicetree.AddressRange;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.DtbWriter;
import dev.nommu.devicetree.Node;
import dev.nommu.devicetree.Translation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lists the serial ports of a board from its device tree. */
public final class SerialPorts {
  private SerialPorts() {}

  /** Returns the available ports and their addresses, one sentence each. */
  public static List<String> of(DeviceTree tree) throws DeviceTreeException {
    List<String> found = new ArrayList<>();
    for (Node node : tree.nodes().filter(Node::isAvailable).toList()) {
      if (node.compatible().contains("ns16550a")) {
        for (AddressRange registers : node.reg()) {
          found.add(node.path() + " " + where(node, registers));
        }
      }
    }
    return found;
  }

  private static String where(Node node, AddressRange registers) throws DeviceTreeException {
    return switch (node.translate(registers)) {
      case Translation.Mapped(AddressRange physical) -> "is at " + physical;
      case Translation.Blocked blocked -> "cannot be reached: " + blocked.reason();
    };
  }

  /** Returns the blob of a board after applying overlays in order. */
  public static byte[] blob(Path board, List<Path> overlays) throws IOException {
    DeviceTree tree = DeviceTree.read(board);
    for (Path overlay : overlays) {
      tree = tree.withOverlay(DeviceTree.read(overlay));
    }
    tree.warnings().forEach(System.err::println);
    return DtbWriter.write(tree);
  }
}
