package dev.nommu.romfs;

import static dev.nommu.romfs.RomfsFormat.HEADER_SIZE;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A node that is to be written, at the offset it will have. */
final class PlannedNode {
  private final byte[] name;
  private final NodeContent content;
  private final int executable;
  private final long offset;
  private long spec;
  private long next;
  private Optional<PlannedNode> lastChild = Optional.empty();

  /**
   * Plans a node that no directory holds yet.
   *
   * @param name its name
   * @param content what it is
   * @param executable {@link RomfsFormat#EXECUTABLE} or 0
   * @param offset where its header will be
   */
  PlannedNode(byte[] name, NodeContent content, int executable, long offset) {
    this.name = name;
    this.content = content;
    this.executable = executable;
    this.offset = offset;
    this.spec = content.spec();
  }

  /** Makes a node the next one of this directory. */
  void append(PlannedNode child) {
    lastChild.ifPresentOrElse(last -> last.next = child.offset, () -> spec = child.offset);
    lastChild = Optional.of(child);
  }

  /** Returns where the header begins. */
  long offset() {
    return offset;
  }

  /** Returns what it is, with its data. */
  NodeContent content() {
    return content;
  }

  /** Returns where the data begins. */
  long dataOffset() {
    return offset + RomfsFormat.headerSize(name);
  }

  /** Returns where the data ends. */
  long end() {
    return dataOffset() + content.size();
  }

  /** Returns the header, to be asked for when all nodes are planned (rules ROMFS-13, ROMFS-15). */
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
