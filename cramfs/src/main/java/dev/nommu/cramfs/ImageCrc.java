package dev.nommu.cramfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.image.ByteSource;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.zip.CRC32;

/** The checksum of an image (rule CRAMFS-22). */
final class ImageCrc {
  private static final int CHUNK = 1 << 16;
  private static final int FIELD_BYTES = 4;

  private ImageCrc() {}

  /**
   * Returns the CRC-32 of an image, with the checksum field taken as 0.
   *
   * @param start the offset of the superblock
   * @param end the end of the image, at most the size of the source
   * @throws ErrnoException EIO if the source cannot be read
   */
  static long of(ByteSource source, long start, long end) throws ErrnoException {
    CRC32 crc = new CRC32();
    byte[] chunk = new byte[CHUNK];
    for (long at = start; at < end; at += CHUNK) {
      int length = (int) Math.min(CHUNK, end - at);
      source.read(MemorySegment.ofArray(chunk).asSlice(0, length), at);
      if (at == start) {
        int field = CramfsSuperblock.CRC_AT;
        Arrays.fill(chunk, field, field + FIELD_BYTES, (byte) 0);
      }
      crc.update(chunk, 0, length);
    }
    return crc.getValue();
  }
}
