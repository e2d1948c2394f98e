package dev.nommu.romfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.image.ByteSource;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds an image node by node at offsets set by the test, including wrong ones. It starts with the
 * volume "v" and, at 0x20 and 0x40, the root and its "..", as genromfs writes them.
 */
final class ImageBuilder {
  static final int HARD_LINK = 0;
  static final int DIRECTORY = 1;
  static final int REGULAR = 2;
  static final int SYMBOLIC_LINK = 3;
  static final int BLOCK_DEVICE = 4;
  static final int CHARACTER_DEVICE = 5;
  static final int SOCKET = 6;
  static final int FIFO = 7;
  static final int EXECUTABLE = 8;

  private final ByteBuffer image = ByteBuffer.allocate(1 << 16);
  private int size = 0x400;

  ImageBuilder() {
    image.putLong(0, 0x2d726f6d3166732dL);
    text(0x10, "v");
    node(0x20, 0x40 | DIRECTORY | EXECUTABLE, 0x20, 0, ".");
    node(0x40, 0x60 | HARD_LINK, 0x20, 0, "..");
  }

  /** Puts a node with a correct checksum. */
  ImageBuilder node(int offset, int nextAndKind, int spec, int size, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    image.putInt(offset, nextAndKind).putInt(offset + 4, spec).putInt(offset + 8, size);
    image.putInt(offset + 12, 0);
    image.put(offset + 16, bytes);
    int end = offset + 16 + (bytes.length + 16) / 16 * 16;
    int sum = 0;
    for (int at = offset; at < end; at += 4) {
      sum += image.getInt(at);
    }
    image.putInt(offset + 12, -sum);
    return this;
  }

  /** Puts bytes. */
  ImageBuilder text(int offset, String text) {
    image.put(offset, text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Puts a word anywhere, even if it breaks the image. */
  ImageBuilder word(int offset, int word) {
    image.putInt(offset, word);
    return this;
  }

  /** Sets the size of the volume; 0x400 if it is not set. */
  ImageBuilder size(int bytes) {
    size = bytes;
    return this;
  }

  /** Returns the image with its size and a correct volume checksum, padded to 1024 bytes. */
  byte[] bytes() {
    image.putInt(8, size).putInt(12, 0);
    int sum = 0;
    for (int at = 0; at + 4 <= Math.min(Integer.toUnsignedLong(size), 512); at += 4) {
      sum += image.getInt(at);
    }
    image.putInt(12, -sum);
    int padded = (size + 1023) / 1024 * 1024;
    return Arrays.copyOf(image.array(), Math.clamp(padded, 1024, image.capacity()));
  }

  RomfsImage open() throws ErrnoException {
    return RomfsImage.open(source(bytes()));
  }

  static ByteSource source(byte[] image) {
    return ByteSource.of(MemorySegment.ofArray(image));
  }
}
