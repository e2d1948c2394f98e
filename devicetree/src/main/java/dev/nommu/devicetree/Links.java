package dev.nommu.devicetree;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The cells of a source that hold phandles. An overlay must list them, as its own phandles are
 * renumbered and others are known only when it is applied.
 */
final class Links {
  private final SequencedMap<String, ByteArrayOutputStream> externals = new LinkedHashMap<>();
  private final SequencedMap<SourceNode, SequencedMap<String, ByteArrayOutputStream>> locals =
      new LinkedHashMap<>();

  /**
   * Notes a cell that holds the phandle of a node of the same source.
   *
   * @param offset bytes from the start of the property's value
   * @return how many bytes of a tree this takes
   */
  int local(SourceNode node, String property, int offset) {
    byte[] cell = ByteBuffer.allocate(Integer.BYTES).putInt(offset).array();
    locals
        .computeIfAbsent(node, _ -> new LinkedHashMap<>())
        .computeIfAbsent(property, _ -> new ByteArrayOutputStream())
        .writeBytes(cell);
    return cell.length;
  }

  /** Notes a cell that will hold the phandle of the node with a label elsewhere, as above. */
  int external(String label, SourceNode node, String property, int offset) {
    String text = "%s:%s:%d%c".formatted(node.path(), property, offset, 0);
    byte[] place = text.getBytes(StandardCharsets.ISO_8859_1);
    externals.computeIfAbsent(label, _ -> new ByteArrayOutputStream()).writeBytes(place);
    return place.length;
  }

  /** Adds {@code __fixups__} and {@code __local_fixups__}, each unless empty. */
  void writeTo(Node root) {
    externals.forEach((label, places) ->
        root.childOrNew(Overlays.FIXUPS, root.location())
            .extendProperty(label, places.toByteArray(), root.location()));
    locals.forEach((node, cells) -> {
      Node mirror = mirror(root.childOrNew(Overlays.LOCAL_FIXUPS, root.location()), node);
      cells.forEach((property, offsets) ->
          mirror.extendProperty(property, offsets.toByteArray(), root.location()));
    });
  }

  private static Node mirror(Node fixups, SourceNode node) {
    return node.parent()
        .map(parent -> mirror(fixups, parent).childOrNew(node.name(), fixups.location()))
        .orElse(fixups);
  }
}
