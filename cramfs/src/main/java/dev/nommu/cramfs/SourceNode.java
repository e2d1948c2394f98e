package dev.nommu.cramfs;

import dev.nommu.api.FileKind;
import java.nio.file.Path;
import java.util.List;

/** A file that goes into an image, and the offset of its data there. */
final class SourceNode {
  private final Path path;
  private final byte[] name;
  private final NodeHeader header;
  private List<SourceNode> children = List.of();
  private long dataOffset;

  /**
   * Creates a node without an offset.
   *
   * @param path the path of the file
   * @param name its name in the image, empty for the root
   * @param header its words in the image, without the offset; the size of a directory is 0
   */
  SourceNode(Path path, byte[] name, NodeHeader header) {
    this.path = path;
    this.name = name;
    this.header = header;
  }

  /** Returns the path of the file. */
  Path path() {
    return path;
  }

  /** Returns the name in the image. */
  byte[] name() {
    return name;
  }

  /** Returns whether it is of this kind. */
  boolean is(FileKind kind) {
    return (header.mode() & CramfsNode.KIND_BITS) == kind.modeBits();
  }

  /** Returns whether it has bytes stored in blocks. */
  boolean hasContent() {
    return header.size() != 0 && (is(FileKind.REGULAR) || is(FileKind.SYMBOLIC_LINK));
  }

  /**
   * Returns the size of a file, a link or a directory's entries in bytes, or the number of a
   * device.
   */
  int size() {
    return header.size() + children.stream().mapToInt(SourceNode::entryBytes).sum();
  }

  /** Returns the entries of a directory, in order. */
  List<SourceNode> children() {
    return children;
  }

  /** Sets the entries of a directory, in order. */
  void adopt(List<SourceNode> entries) {
    children = List.copyOf(entries);
  }

  /** Returns the offset of its data; 0 if it has none. */
  long dataOffset() {
    return dataOffset;
  }

  /** Sets the offset of its data. */
  void place(long offset) {
    dataOffset = offset;
  }

  /** Returns the size of its entry in its directory in bytes. */
  int entryBytes() {
    return NodeHeader.BYTES + nameField();
  }

  /** Returns the size of its padded name in bytes. */
  int nameField() {
    return (int) CramfsFormat.align(name.length, CramfsFormat.UNIT);
  }

  /** Returns its words in the image. */
  NodeHeader header() {
    return new NodeHeader(
        header.mode(), header.uid(), header.gid(), size(), nameField(), dataOffset);
  }
}
