package dev.nommu.devicetree;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** Builds a device tree from fully read source: resolves references to values. */
final class DtsResolver {
  /** The placeholder in a cell until the node it refers to is known. */
  private static final int UNKNOWN = -1;

  private final SourceTree tree;
  private final Phandles phandles;
  private final Set<SourceNode> referredTo = new HashSet<>();
  private final SequencedMap<String, Node> labels = new LinkedHashMap<>();
  private int bytesLeft = FileContent.LARGEST;

  DtsResolver(SourceTree tree) throws DeviceTreeException {
    PropertyLabels.requireUnique(tree);
    this.tree = tree;
    this.phandles = new Phandles(tree);
  }

  DeviceTree resolve(List<AddressRange> reservations) throws DeviceTreeException {
    for (SourceNode node : tree.root().subtree().toList()) {
      for (SourceNode.SourceProperty property : node.properties()) {
        follow(property);
      }
    }
    Node root = Node.root(tree.root().location());
    copy(tree.root(), root);
    tree.link(root);
    return new DeviceTree(root, reservations, bootCpuId(root), labels);
  }

  private void follow(SourceNode.SourceProperty property) throws DeviceTreeException {
    for (Piece piece : property.value()) {
      switch (piece) {
        case Piece.Bytes _ -> {}
        case Piece.PathOf(Reference reference) -> referredTo.add(tree.find(reference));
        case Piece.PhandleOf(Reference reference) ->
            tree.referent(reference).ifPresent(this::refer);
      }
    }
  }

  private void refer(SourceNode node) {
    referredTo.add(node);
    phandles.assign(node);
  }

  private void copy(SourceNode from, Node to) throws DeviceTreeException {
    from.labels().forEach(label -> labels.put(label, to));
    for (SourceNode.SourceProperty property : from.properties()) {
      byte[] value = value(property, from);
      if (property.name().equals("name")) {
        requireName(value, to, property);
      } else {
        to.addProperty(property.name(), value, property.location());
      }
    }
    if (from.property(Phandles.PROPERTY).isEmpty()) {
      phandles
          .assigned(from)
          .ifPresent(p -> to.addProperty(Phandles.PROPERTY, cell(p), from.location()));
    }
    for (SourceNode child : from.children()) {
      if (!tree.isOmittable(child) || referredTo.contains(child)) {
        copy(child, to.addChild(child.name(), child.location()));
      }
    }
  }

  /** Refuses a {@code name} that differs from the node's; the right one is redundant. */
  private static void requireName(byte[] name, Node node, SourceNode.SourceProperty property)
      throws DeviceTreeException {
    String right = node.baseName() + '\0';
    String found = new String(name, StandardCharsets.ISO_8859_1);
    if (!found.equals(right)) {
      throw new DeviceTreeException(
          property.location(),
          "property name",
          "the name of its node, " + DeviceTreeException.quote(node.baseName()),
          DeviceTreeException.quote(
              found.endsWith("\0") ? found.substring(0, found.length() - 1) : found));
    }
  }

  private byte[] value(SourceNode.SourceProperty property, SourceNode node)
      throws DeviceTreeException {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    for (Piece piece : property.value()) {
      byte[] bytes =
          switch (piece) {
            case Piece.Bytes given -> given.bytes();
            case Piece.PathOf(Reference reference) -> path(reference);
            case Piece.PhandleOf(Reference reference) -> {
              spend(tree.note(reference, node, property.name(), value.size()), property);
              yield cell(tree.referent(reference).map(phandles::assign).orElse(UNKNOWN));
            }
          };
      spend(bytes.length, property);
      value.writeBytes(bytes);
    }
    return value.toByteArray();
  }

  private byte[] path(Reference reference) throws DeviceTreeException {
    return (tree.find(reference).path() + '\0').getBytes(StandardCharsets.ISO_8859_1);
  }

  private void spend(int bytes, SourceNode.SourceProperty property) throws DeviceTreeException {
    bytesLeft -= bytes;
    if (bytesLeft < 0) {
      throw new DeviceTreeException(
          property.location(),
          "property " + property.name(),
          "at most %d bytes of values in a tree".formatted(FileContent.LARGEST),
          "more");
    }
  }

  private static byte[] cell(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  /** Returns the first CPU's number, dtc's default. */
  private static long bootCpuId(Node root) {
    return root.child("cpus").stream()
        .flatMap(cpus -> cpus.children().stream().limit(1))
        .flatMap(cpu -> cpu.property("reg").stream())
        .flatMap(reg -> reg.cell().stream())
        .findFirst()
        .orElse(0L);
  }
}
