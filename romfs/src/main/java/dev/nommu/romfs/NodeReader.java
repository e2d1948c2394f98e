package dev.nommu.romfs;

import static dev.nommu.romfs.RomfsFormat.HEADER_SIZE;
import static dev.nommu.romfs.RomfsFormat.NAME_LENGTH;
import static dev.nommu.romfs.RomfsFormat.align16;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Reads from the part of a source that is the volume.
 *
 * @param source the image
 * @param limit bytes of the volume; nothing at or past it is read (rule ROMFS-19)
 */
record NodeReader(ByteSource source, long limit) {
  private static final int EXECUTABLE = 8;
  private static final int KIND = 7;

  /**
   * Reads the node at an offset.
   *
   * @throws ErrnoException EIO if it does not lie in the volume or its name does not end
   */
  RomfsNode node(long offset) throws ErrnoException {
    long available = Math.min(limit - offset, HEADER_SIZE + NAME_LENGTH + 1L);
    ByteBuffer bytes = bytes(offset, Math.max(available, HEADER_SIZE + 1L));
    int end = nameEnd(bytes, offset);
    int nextAndKind = bytes.getInt(0);
    return new RomfsNode(
        offset,
        RomfsNode.Kind.values()[nextAndKind & KIND],
        (nextAndKind & EXECUTABLE) != 0,
        Integer.toUnsignedLong(nextAndKind & ~15),
        bytes.getInt(4),
        Integer.toUnsignedLong(bytes.getInt(8)),
        RomfsFormat.decode(bytes.slice(HEADER_SIZE, end - HEADER_SIZE)),
        offset + align16(end + 1L));
  }

  /**
   * Returns bytes of the volume in a buffer of their own.
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

  private static int nameEnd(ByteBuffer bytes, long offset) throws ErrnoException {
    for (int end = HEADER_SIZE; end < bytes.limit(); end++) {
      if (bytes.get(end) == 0) {
        return end;
      }
    }
    throw new ErrnoException(
        Errno.EIO,
        "bad romfs: node at 0x%x: expected a name of %d bytes or less that ends with a NUL, found %d"
                .formatted(offset, NAME_LENGTH, bytes.limit() - HEADER_SIZE)
            + " bytes without one");
  }
}
