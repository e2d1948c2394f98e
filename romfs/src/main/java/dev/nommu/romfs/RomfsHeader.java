package dev.nommu.romfs;

import static dev.nommu.romfs.RomfsFormat.align16;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.image.ByteSource;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * The header of a volume (rule ROMFS-10).
 *
 * @param size bytes of the image in use, 0 to 2^32 - 1
 * @param checksum the stored checksum
 * @param volume the name of the volume, 128 bytes at most
 * @param rootOffset the offset of the root node
 */
public record RomfsHeader(long size, int checksum, String volume, long rootOffset) {
  /** The subject of a finding about the image as a whole. */
  static final String SUBJECT = "header";

  /**
   * Reads and checks the header, in the order of rule ROMFS-12.
   *
   * @throws ErrnoException EIO if the first 512 bytes cannot be read; EINVAL if they are not the
   *     start of an image
   */
  static RomfsHeader read(ByteSource source) throws ErrnoException {
    ByteBuffer first = firstBlock(source);
    RomfsHeader header = parse(first);
    long magic = first.getLong(0);
    if (magic != RomfsFormat.MAGIC) {
      throw invalid("expected magic 0x%016x at 0x0, found 0x%016x", RomfsFormat.MAGIC, magic);
    }
    if (header.size < RomfsFormat.HEADER_SIZE) {
      throw invalid("expected a size of 16 or more at 0x8, found %d", header.size);
    }
    int sum = RomfsFormat.sum(first.slice(0, header.checkedBytes()));
    if (sum != 0) {
      throw invalid(
          "expected the words of the first %d bytes to sum up to 0, found 0x%08x",
          header.checkedBytes(), sum);
    }
    return header;
  }

  /** Parses the first 512 bytes of an image, unchecked. */
  static RomfsHeader parse(ByteBuffer first) {
    int end = nameEnd(first);
    ByteBuffer name = first.slice(RomfsFormat.HEADER_SIZE, end - RomfsFormat.HEADER_SIZE);
    return new RomfsHeader(
        Integer.toUnsignedLong(first.getInt(8)),
        first.getInt(12),
        FileNames.shown(FileNames.decode(name)),
        align16(end + 1L));
  }

  /** Returns the end of the volume's name: its NUL, but at most 128 bytes. */
  static int nameEnd(ByteBuffer first) {
    int end = RomfsFormat.HEADER_SIZE;
    while (end < RomfsFormat.HEADER_SIZE + RomfsFormat.LONGEST_NAME && first.get(end) != 0) {
      end++;
    }
    return end;
  }

  /** Returns the number of bytes that the checksum of the volume covers (rule ROMFS-11). */
  int checkedBytes() {
    return (int) Math.min(size, RomfsFormat.FIRST_BLOCK);
  }

  private static ByteBuffer firstBlock(ByteSource source) throws ErrnoException {
    if (source.size() < RomfsFormat.FIRST_BLOCK) {
      throw new ErrnoException(
          Errno.EIO,
          "romfs: expected %d bytes at 0x0 to read, found %d"
              .formatted(RomfsFormat.FIRST_BLOCK, source.size()));
    }
    byte[] bytes = new byte[RomfsFormat.FIRST_BLOCK];
    source.read(MemorySegment.ofArray(bytes), 0);
    return ByteBuffer.wrap(bytes);
  }

  private static ErrnoException invalid(String format, Object... arguments) {
    return new ErrnoException(Errno.EINVAL, "bad romfs: " + format.formatted(arguments));
  }
}
