package dev.nommu.hostfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Grows a host's file with zeros. */
final class Growth {
  private static final long FIRST_STEP = 1 << 20;

  private Growth() {}

  /**
   * Grows a file to at least this size. It is doubled step by step, so that a host without room for
   * the last byte fails soon after its limit.
   *
   * @param size bytes; a larger file is not shrunk
   * @throws IOException the host's; the size of the file is then unchanged
   */
  static void growTo(SeekableByteChannel channel, long size) throws IOException {
    long old = channel.size();
    try {
      for (long end = old; end < size; ) {
        end += Math.min(size - end, Math.max(end, FIRST_STEP));
        channel.position(end - 1).write(ByteBuffer.allocate(1));
      }
    } catch (IOException e) {
      channel.truncate(old);
      throw e;
    }
  }
}
