package dev.nommu.devicetree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the labels of a source into its tree, as {@code dtc -@} does. */
final class Symbols {
  private final Node root;
  private final Set<Long> used;
  private long lowest = 1;
  private int bytesLeft = FileContent.LARGEST;

  private Symbols(Node root) {
    this.root = root;
    this.used = root.subtree().flatMap(node -> node.phandle().stream()).collect(Collectors.toSet());
  }

  /**
   * Adds {@code /__symbols__}, and a phandle to each labelled node that has none.
   *
   * @param root of a tree being built
   * @param labels the path of a node by its label
   */
  static void add(Node root, Map<String, Node> labels) throws DeviceTreeException {
    Symbols symbols = new Symbols(root);
    for (Map.Entry<String, Node> labelled : labels.entrySet()) {
      symbols.add(labelled.getKey(), labelled.getValue());
    }
  }

  private void add(String label, Node node) throws DeviceTreeException {
    if (node.phandle().isEmpty()) {
      node.addProperty(Phandles.PROPERTY, cell(lowestFree()), node.location());
    }
    byte[] path = (node.path() + '\0').getBytes(StandardCharsets.ISO_8859_1);
    bytesLeft -= path.length;
    if (bytesLeft < 0) {
      throw new DeviceTreeException(
          node.location(),
          "/" + Overlays.SYMBOLS,
          "at most %d bytes of paths".formatted(FileContent.LARGEST),
          "more");
    }
    root.childOrNew(Overlays.SYMBOLS, root.location()).addProperty(label, path, node.location());
  }

  private int lowestFree() {
    while (!used.add(lowest)) {
      lowest++;
    }
    return (int) lowest;
  }

  private static byte[] cell(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }
}
