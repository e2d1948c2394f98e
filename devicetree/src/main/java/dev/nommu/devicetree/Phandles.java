package dev.nommu.devicetree;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The phandles of the nodes of a source: those that it gives and, for nodes that are referred to
 * without one, the lowest that are free, in the order of the references, as dtc does.
 */
final class Phandles {
  static final String PROPERTY = "phandle";

  private final SourceTree tree;
  private final Map<SourceNode, Integer> byNode = new HashMap<>();
  private final Set<Integer> used = new HashSet<>();
  private int lowest = 1;

  Phandles(SourceTree tree) throws DeviceTreeException {
    this.tree = tree;
    for (SourceNode node : tree.root().subtree().toList()) {
      Optional<SourceNode.SourceProperty> given = node.property(PROPERTY);
      if (given.isPresent()) {
        readGiven(node, given.get());
      }
    }
  }

  private void readGiven(SourceNode node, SourceNode.SourceProperty property)
      throws DeviceTreeException {
    List<Piece> value = property.value();
    if (value.size() != 1) {
      throw error(property, "one cell", value.isEmpty() ? "no value" : "several values");
    }
    switch (value.getFirst()) {
      case Piece.Bytes bytes -> give(node, cell(bytes, property), property);
      case Piece.PhandleOf self when tree.find(self.reference()) == node -> {}
      case Piece.PhandleOf _, Piece.PathOf _ ->
          throw error(property, "a number, or a reference to the node itself", "another reference");
    }
  }

  private static int cell(Piece.Bytes value, SourceNode.SourceProperty property)
      throws DeviceTreeException {
    if (value.bytes().length != Integer.BYTES) {
      throw error(property, "one cell", value.bytes().length + " bytes");
    }
    int phandle = ByteBuffer.wrap(value.bytes()).getInt();
    if (phandle == 0 || phandle == -1) {
      throw error(property, "a phandle of 1 to 0xfffffffe", "0x%x".formatted(phandle));
    }
    return phandle;
  }

  private void give(SourceNode node, int phandle, SourceNode.SourceProperty property)
      throws DeviceTreeException {
    if (!used.add(phandle)) {
      throw error(
          property, "a phandle of one node", "0x%x, which another node has".formatted(phandle));
    }
    byNode.put(node, phandle);
  }

  private static DeviceTreeException error(
      SourceNode.SourceProperty property, String expected, String found) {
    return new DeviceTreeException(property.location(), "property phandle", expected, found);
  }

  /** Returns the phandle of a node, a new one if it had none. */
  int assign(SourceNode node) {
    return byNode.computeIfAbsent(node, _ -> lowestFree());
  }

  private int lowestFree() {
    while (!used.add(lowest)) {
      lowest++;
    }
    return lowest;
  }

  /** Returns the phandle of a node if it was given or assigned one. */
  Optional<Integer> of(SourceNode node) {
    return Optional.ofNullable(byNode.get(node));
  }
}
