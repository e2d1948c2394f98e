package dev.nommu.romfs;

import static dev.nommu.romfs.RomfsFormat.HEADER_SIZE;
import static dev.nommu.romfs.RomfsFormat.LONGEST_NAME;
import static dev.nommu.romfs.RomfsFormat.align16;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.image.ByteSource;
import dev.nommu.image.TreeEntry;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads from the part of a source that is the volume. Nodes are cached once read, so memory is
 * bounded by the size of the image, however often its chains cross. May be called concurrently.
 */
final class NodeReader {
  private final ByteSource source;
  private final long limit;
  private final Map<Long, RomfsNode> nodes = new ConcurrentHashMap<>();

  /**
   * Creates a reader.
   *
   * @param source the image
   * @param limit bytes of the volume; nothing at or past it is read (rule ROMFS-19)
   */
  NodeReader(ByteSource source, long limit) {
    this.source = source;
    this.limit = limit;
  }

  /** Returns the image. */
  ByteSource source() {
    return source;
  }

  /**
   * Returns the offset of the first node in a directory, 0 for none. The root is its own first
   * node: its entries begin after it (rule ROMFS-18).
   */
  static long first(TreeEntry<RomfsNode> directory) {
    RomfsNode node = directory.node();
    boolean holdsItself = directory.isRoot() && node.target() == node.offset();
    return holdsItself ? node.next() : node.target();
  }

  /** Returns the size of the volume in bytes. */
  long limit() {
    return limit;
  }

  /**
   * Reads the node at an offset.
   *
   * @throws ErrnoException EIO if it does not lie in the volume or its name is not terminated
   */
  RomfsNode node(long offset) throws ErrnoException {
    RomfsNode known = nodes.get(offset);
    if (known != null) {
      return known;
    }
    RomfsNode node =
        parse(nodeBytes(offset), offset)
            .orElseThrow(() ->
                new ErrnoException(
                    Errno.EIO,
                    "bad romfs: node at 0x%x: expected a name of %d bytes or less and a NUL"
                            .formatted(offset, LONGEST_NAME)
                        + ", found no NUL"));
    nodes.put(offset, node);
    return node;
  }

  /**
   * Returns the bytes of a node up to the end of the longest possible name or of the volume.
   *
   * @throws ErrnoException EIO if there is no room for a header
   */
  ByteBuffer nodeBytes(long offset) throws ErrnoException {
    long available = Math.min(limit - offset, HEADER_SIZE + LONGEST_NAME + 1L);
    return bytes(offset, Math.max(available, HEADER_SIZE + 1L));
  }

  /** Returns the node at the start of the bytes, or empty if its name does not end in them. */
  static Optional<RomfsNode> parse(ByteBuffer bytes, long offset) {
    int end = HEADER_SIZE;
    while (end < bytes.limit() && bytes.get(end) != 0) {
      end++;
    }
    return end < bytes.limit() ? Optional.of(parse(bytes, offset, end)) : Optional.empty();
  }

  private static RomfsNode parse(ByteBuffer bytes, long offset, int nameEnd) {
    int nextAndKind = bytes.getInt(0);
    return new RomfsNode(
        offset,
        RomfsNode.Kind.of(nextAndKind),
        (nextAndKind & RomfsFormat.EXECUTABLE) != 0,
        Integer.toUnsignedLong(nextAndKind & ~15),
        bytes.getInt(4),
        Integer.toUnsignedLong(bytes.getInt(8)),
        FileNames.decode(bytes.slice(HEADER_SIZE, nameEnd - HEADER_SIZE)),
        offset + align16(nameEnd + 1L));
  }

  /**
   * Returns bytes of the volume in a new buffer.
   *
   * @throws ErrnoException EIO if they do not all lie in the volume
   */
  ByteBuffer bytes(long offset, long length) throws ErrnoException {
    requireRange(offset, length);
    byte[] bytes = new byte[Math.toIntExact(length)];
    source.read(MemorySegment.ofArray(bytes), offset);
    return ByteBuffer.wrap(bytes);
  }

  /**
   * Fills a segment with bytes of the volume.
   *
   * @throws ErrnoException EIO as for {@link #bytes}
   */
  void read(MemorySegment into, long offset) throws ErrnoException {
    requireRange(offset, into.byteSize());
    source.read(into, offset);
  }

  private void requireRange(long offset, long length) throws ErrnoException {
    if (offset < 0 || length > limit - offset) {
      throw new ErrnoException(
          Errno.EIO,
          "bad romfs: expected %d bytes at 0x%x, found the end of the volume at 0x%x"
              .formatted(length, offset, limit));
    }
  }
}
