package dev.nommu.cramfs;

import dev.nommu.api.FileKind;
import java.nio.file.Path;
import java.util.List;

/** A file that goes into an image, and where in the image its data goes. */
final class SourceNode {
  private final Path path;
  private final byte[] name;
  private final NodeHeader header;
  private List<SourceNode> children = List.of();
  private long dataOffset;

  /**
   * Creates a node that has no place yet.
   *
   * @param path where the file is
   * @param name its name in the image, empty for the root
   * @param header what will be in the image, but for the offset; the size of a directory is 0
   */
  SourceNode(Path path, byte[] name, NodeHeader header) {
    this.path = path;
    this.name = name;
    this.header = header;
  }

  /** Returns where the file is. */
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

  /** Returns whether it has bytes that go into blocks. */
  boolean hasContent() {
    return header.size() != 0 && (is(FileKind.REGULAR) || is(FileKind.SYMBOLIC_LINK));
  }

  /** Returns the bytes of a file or link, the number of a device, the bytes of its entries. */
  int size() {
    return header.size() + children.stream().mapToInt(SourceNode::entryBytes).sum();
  }

  /** Returns the entries of a directory, in order. */
  List<SourceNode> children() {
    return children;
  }

  /** Gives a directory its entries, in order. */
  void adopt(List<SourceNode> entries) {
    children = List.copyOf(entries);
  }

  /** Returns where its data goes; 0 if it has none. */
  long dataOffset() {
    return dataOffset;
  }

  /** Says where its data goes. */
  void place(long offset) {
    dataOffset = offset;
  }

  /** Returns how many bytes its entry takes in the directory it is in. */
  int entryBytes() {
    return NodeHeader.BYTES + nameField();
  }

  /** Returns how many bytes its padded name takes. */
  int nameField() {
    return (int) CramfsFormat.align(name.length, CramfsFormat.UNIT);
  }

  /** Returns the words that go into the image. */
  NodeHeader header() {
    return new NodeHeader(
        header.mode(), header.uid(), header.gid(), size(), nameField(), dataOffset);
  }
}
