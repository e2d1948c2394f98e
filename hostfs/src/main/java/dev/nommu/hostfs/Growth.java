package dev.nommu.hostfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Growing a host's file by zeros. */
final class Growth {
  private static final long FIRST_STEP = 1 << 20;

  private Growth() {}

  /**
   * Makes a file at least so large. It is doubled step by step: a host that cannot hold the last
   * byte says so at one that is not far behind what it can hold.
   *
   * @param size bytes; a file that is larger stays so
   * @throws IOException what the host says; the file has the size it had
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
