package dev.nommu.devicetree;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The phandles of the nodes of a source: the explicit ones and, for referenced nodes without one,
 * the lowest free ones, in the order of the references, as dtc does.
 */
final class Phandles {
  static final String PROPERTY = "phandle";

  /** The name of a phandle before the Devicetree Specification. */
  static final String FORMER_PROPERTY = "linux,phandle";

  /** The names of a phandle, the preferred one first. */
  static final List<String> PROPERTIES = List.of(PROPERTY, FORMER_PROPERTY);

  private final SourceTree tree;
  private final Map<SourceNode, Integer> given = new HashMap<>();
  private final Map<SourceNode, Integer> assigned = new HashMap<>();
  private final Set<Integer> used = new HashSet<>();
  private int lowest = 1;

  Phandles(SourceTree tree) throws DeviceTreeException {
    this.tree = tree;
    for (SourceNode node : tree.root().subtree().toList()) {
      for (String name : PROPERTIES) {
        Optional<SourceNode.SourceProperty> property = node.property(name);
        if (property.isPresent()) {
          readGiven(node, property.get());
        }
      }
    }
  }

  /** Returns whether this is a valid phandle: neither 0 nor all ones. */
  static boolean isValid(int phandle) {
    return phandle != 0 && phandle != -1;
  }

  private void readGiven(SourceNode node, SourceNode.SourceProperty property)
      throws DeviceTreeException {
    List<Piece> value = property.value();
    if (value.size() != 1) {
      throw error(property, "one cell", value.isEmpty() ? "no value" : "several values");
    }
    switch (value.getFirst()) {
      case Piece.Bytes bytes -> give(node, cell(bytes, property), property);
      case Piece.PhandleOf self when tree.lookup(self.reference()).equals(Optional.of(node)) -> {}
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
    if (!isValid(phandle)) {
      throw error(property, "a phandle of 1 to 0xfffffffe", "0x%x".formatted(phandle));
    }
    return phandle;
  }

  private void give(SourceNode node, int phandle, SourceNode.SourceProperty property)
      throws DeviceTreeException {
    Integer other = given.putIfAbsent(node, phandle);
    if (other == null && !used.add(phandle)) {
      throw error(
          property, "a phandle of one node", "0x%x, which another node has".formatted(phandle));
    }
    if (other != null && other != phandle) {
      throw error(property, "0x%x, which phandle says".formatted(other), "0x%x".formatted(phandle));
    }
  }

  private static DeviceTreeException error(
      SourceNode.SourceProperty property, String expected, String found) {
    return new DeviceTreeException(
        property.location(), "property " + property.name(), expected, found);
  }

  /** Returns the phandle of a node, assigning one if needed. */
  int assign(SourceNode node) {
    Integer number = given.get(node);
    return number == null ? assigned.computeIfAbsent(node, _ -> lowestFree()) : number;
  }

  private int lowestFree() {
    while (!used.add(lowest)) {
      lowest++;
    }
    return lowest;
  }

  /** Returns the phandle assigned to a node because its source has none. */
  Optional<Integer> assigned(SourceNode node) {
    return Optional.ofNullable(assigned.get(node));
  }
}
