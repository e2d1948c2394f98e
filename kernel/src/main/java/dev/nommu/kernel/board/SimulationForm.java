package dev.nommu.kernel.board;

import dev.nommu.devicetree.Node;
import dev.nommu.devicetree.Property;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The nodes and properties allowed in the node {@code /nommu}: a misspelt name is reported. */
final class SimulationForm {
  /** The properties that any node of a device tree can have. */
  private static final List<String> OF_ANY_NODE =
      List.of("compatible", "#address-cells", "#size-cells", "ranges", "phandle", "linux,phandle");

  /** The properties of the node itself. */
  private static final List<String> OF_SIMULATION = List.of("fstab");

  /** The properties of the entries of each list. */
  private static final Map<String, List<String>> OF_ENTRIES =
      new TreeMap<>(
          Map.of(
              "contents", List.of("device", "reg", "image", "persistent", "read-only"),
              "host", List.of("directory", "persistent", "read-only"),
              "mounts", List.of("source", "target", "type", "options"),
              "windows", List.of("reg")));

  private SimulationForm() {}

  /**
   * Checks all names.
   *
   * @throws BoardException at the first unknown name: where, the known names, what was found
   */
  static void require(Node simulation) throws BoardException {
    requireProperties(simulation, OF_SIMULATION);
    for (Node list : simulation.children()) {
      List<String> properties = OF_ENTRIES.get(list.name());
      if (properties == null) {
        throw unknown(
            simulation, "children " + String.join(", ", OF_ENTRIES.keySet()), list.name());
      }
      requireProperties(list, List.of());
      for (Node entry : list.children()) {
        requireEntry(entry, properties);
      }
    }
  }

  private static void requireEntry(Node entry, List<String> known) throws BoardException {
    requireProperties(entry, known);
    if (!entry.children().isEmpty()) {
      throw unknown(entry, "no children", entry.children().getFirst().name());
    }
  }

  private static void requireProperties(Node node, List<String> known) throws BoardException {
    for (Property property : node.properties()) {
      String name = property.name();
      if (!known.contains(name) && !OF_ANY_NODE.contains(name)) {
        String expected = known.isEmpty() ? "no properties" : String.join(", ", known);
        throw unknown(node, expected, name);
      }
    }
  }

  private static BoardException unknown(Node node, String expected, String found) {
    return new BoardException(
        "%s: %s: expected %s, found %s".formatted(node.location(), node.path(), expected, found));
  }
}
