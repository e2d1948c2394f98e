package dev.nommu.cli.image;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;

/** Copies a file in pieces, in constant memory. */
final class Parts {
  private static final int PART = 1 << 16;

  private Parts() {}

  /** Reads bytes at a position. */
  @FunctionalInterface
  interface Reader {
    /** Returns the number of bytes read, at most {@code into.byteSize()}. */
    long read(MemorySegment into, long position) throws ErrnoException;
  }

  /**
   * Copies {@code size} bytes.
   *
   * @throws ErrnoException EIO if there are fewer, or the reader's error
   */
  static void copy(OutputStream out, long size, Reader reader) throws IOException {
    byte[] part = new byte[PART];
    MemorySegment into = MemorySegment.ofArray(part);
    for (long done = 0; done < size; ) {
      long count = reader.read(into.asSlice(0, Math.min(PART, size - done)), done);
      if (count <= 0) {
        throw new ErrnoException(
            Errno.EIO, "expected %d bytes, found the end after %d".formatted(size, done));
      }
      out.write(part, 0, (int) count);
      done += count;
    }
  }
}
