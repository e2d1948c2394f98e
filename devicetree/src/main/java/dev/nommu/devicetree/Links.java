package dev.nommu.devicetree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The cells of a source that hold phandles: what an overlay must say of itself, since its own
 * phandles are numbered anew and others are known only when it is applied.
 */
final class Links {
  /** A cell, by its offset in bytes. */
  private record Cell(SourceNode node, String property, int offset) {}

  private record External(String label, Cell cell) {}

  private final List<External> externals = new ArrayList<>();
  private final List<Cell> locals = new ArrayList<>();

  /** Notes a cell that holds the phandle of a node of the same source. */
  void local(SourceNode node, String property, int offset) {
    locals.add(new Cell(node, property, offset));
  }

  /** Notes a cell that will hold the phandle of the node with a label elsewhere. */
  void external(String label, SourceNode node, String property, int offset) {
    externals.add(new External(label, new Cell(node, property, offset)));
  }

  /** Adds {@code __fixups__} and {@code __local_fixups__}, each if there is something in it. */
  void writeTo(Node root) {
    externals.forEach(external -> write(external, root));
    locals.forEach(local -> write(local, root));
  }

  private static void write(External external, Node root) {
    Cell cell = external.cell();
    String place = "%s:%s:%d".formatted(cell.node().path(), cell.property(), cell.offset());
    Node fixups = root.childOrNew(Overlays.FIXUPS, root.location());
    fixups.extendProperty(
        external.label(), (place + '\0').getBytes(StandardCharsets.ISO_8859_1), root.location());
  }

  private static void write(Cell cell, Node root) {
    byte[] offset = ByteBuffer.allocate(Integer.BYTES).putInt(cell.offset()).array();
    Node fixups = root.childOrNew(Overlays.LOCAL_FIXUPS, root.location());
    mirror(fixups, cell.node()).extendProperty(cell.property(), offset, root.location());
  }

  private static Node mirror(Node fixups, SourceNode node) {
    return node.parent()
        .map(parent -> mirror(fixups, parent).childOrNew(node.name(), fixups.location()))
        .orElse(fixups);
  }
}
