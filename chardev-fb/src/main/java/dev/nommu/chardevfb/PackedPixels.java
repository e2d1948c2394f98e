package dev.nommu.chardevfb;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Extracts pixel values from a line of memory: packed, little-endian, the leftmost pixel in the
 * lowest bits, as Linux packs them on a little-endian machine.
 */
enum PackedPixels {
  BIT(1) {
    @Override
    void unpack(byte[] line, int firstBit, int[] pixels) {
      for (int x = 0; x < pixels.length; x++) {
        int bit = firstBit + x;
        pixels[x] = (line[bit >>> 3] >>> (bit & 7)) & 1;
      }
    }
  },
  BYTE(8) {
    @Override
    void unpack(byte[] line, int firstBit, int[] pixels) {
      for (int x = 0; x < pixels.length; x++) {
        pixels[x] = line[x] & 0xff;
      }
    }
  },
  SHORT(16) {
    @Override
    void unpack(byte[] line, int firstBit, int[] pixels) {
      for (int x = 0; x < pixels.length; x++) {
        pixels[x] = (line[2 * x] & 0xff) | (line[2 * x + 1] & 0xff) << 8;
      }
    }
  },
  THREE_BYTES(24) {
    @Override
    void unpack(byte[] line, int firstBit, int[] pixels) {
      for (int x = 0; x < pixels.length; x++) {
        pixels[x] =
            (line[3 * x] & 0xff) | (line[3 * x + 1] & 0xff) << 8 | (line[3 * x + 2] & 0xff) << 16;
      }
    }
  },
  INT(32) {
    @Override
    void unpack(byte[] line, int firstBit, int[] pixels) {
      MemorySegment.copy(MemorySegment.ofArray(line), WORD, 0, pixels, 0, pixels.length);
    }
  };

  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int bits;

  PackedPixels(int bits) {
    this.bits = bits;
  }

  int bits() {
    return bits;
  }

  /**
   * Extracts pixels from a line.
   *
   * @param line memory that begins with the byte of the first pixel
   * @param firstBit the lowest bit of the first pixel in it, 0 to 7
   * @param pixels receives the values; its length is their number
   */
  abstract void unpack(byte[] line, int firstBit, int[] pixels);

  /**
   * Returns the packing of pixels of this many bits.
   *
   * @throws ErrnoException EINVAL for another number of bits
   */
  static PackedPixels of(int bits) throws ErrnoException {
    return Arrays.stream(values())
        .filter(packing -> packing.bits == bits)
        .findFirst()
        .orElseThrow(() ->
            new ErrnoException(
                Errno.EINVAL, bits + " bits per pixel: expected 1, 8, 16, 24 or 32"));
  }
}
