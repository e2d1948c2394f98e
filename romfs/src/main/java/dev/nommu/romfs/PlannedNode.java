package dev.nommu.romfs;

import static dev.nommu.romfs.RomfsFormat.HEADER_SIZE;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A node to be written, with its offset. */
final class PlannedNode {
  private final byte[] name;
  private final NodeContent content;
  private final int executable;
  private final long offset;
  private long spec;
  private long next;
  private Optional<PlannedNode> lastChild = Optional.empty();

  /**
   * Plans a node that is in no directory yet.
   *
   * @param name its name
   * @param content its kind and data
   * @param executable {@link RomfsFormat#EXECUTABLE} or 0
   * @param offset the offset of its header
   */
  PlannedNode(byte[] name, NodeContent content, int executable, long offset) {
    this.name = name;
    this.content = content;
    this.executable = executable;
    this.offset = offset;
    this.spec = content.spec();
  }

  /** Appends a node to this directory. */
  void append(PlannedNode child) {
    lastChild.ifPresentOrElse(last -> last.next = child.offset, () -> spec = child.offset);
    lastChild = Optional.of(child);
  }

  /** Returns the offset of the header. */
  long offset() {
    return offset;
  }

  /** Returns its kind and data. */
  NodeContent content() {
    return content;
  }

  /** Returns the offset of the data. */
  long dataOffset() {
    return offset + RomfsFormat.headerSize(name);
  }

  /** Returns the offset of the end of the data. */
  long end() {
    return dataOffset() + content.size();
  }

  /** Returns the header; call it only when all nodes are planned (rules ROMFS-13, ROMFS-15). */
  byte[] header() {
    ByteBuffer header = ByteBuffer.allocate((int) RomfsFormat.headerSize(name));
    header.putInt((int) next | executable | content.kind().number());
    header.putInt((int) spec);
    header.putInt((int) content.size());
    header.put(HEADER_SIZE, name);
    header.putInt(12, -RomfsFormat.sum(header));
    return header.array();
  }
}
