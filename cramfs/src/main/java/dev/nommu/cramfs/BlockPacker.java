package dev.nommu.cramfs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** Compresses the blocks of a file, and writes their pointers (rule CRAMFS-16). */
final class BlockPacker implements AutoCloseable {
  private final CramfsOptions options;
  private final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
  private final byte[] packed;
  private long holes;

  BlockPacker(CramfsOptions options) {
    this.options = options;
    this.packed = new byte[2 * options.blockSize()];
  }

  /**
   * Returns the block pointers of a file and its blocks after them.
   *
   * @param offset their offset in the image
   */
  ByteBuffer pack(byte[] content, long offset) {
    int blockSize = options.blockSize();
    int table = CramfsFormat.blocks(content.length, blockSize) * BlockTable.POINTER_BYTES;
    ByteBuffer pointers = ByteBuffer.allocate(table).order(options.byteOrder());
    ByteArrayOutputStream blocks = new ByteArrayOutputStream();
    for (int at = 0; at < content.length; at += blockSize) {
      packBlock(content, at, Math.min(blockSize, content.length - at), blocks);
      pointers.putInt((int) (offset + table + blocks.size()));
    }
    return ByteBuffer.allocate(table + blocks.size())
        .put(pointers.flip())
        .put(blocks.toByteArray())
        .flip();
  }

  /** Returns the number of blocks omitted because they are zeros. */
  long holes() {
    return holes;
  }

  /** Releases memory outside the heap. */
  @Override
  public void close() {
    deflater.end();
  }

  private void packBlock(byte[] content, int at, int length, ByteArrayOutputStream into) {
    if (options.zeroBlocks() == CramfsOptions.ZeroBlocks.HOLES && isZero(content, at, length)) {
      holes++;
      return;
    }
    deflater.reset();
    deflater.setInput(content, at, length);
    deflater.finish();
    while (!deflater.finished()) {
      into.write(packed, 0, deflater.deflate(packed));
    }
  }

  private static boolean isZero(byte[] content, int at, int length) {
    for (int i = at; i < at + length; i++) {
      if (content[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
