package dev.nommu.api;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/**
 * Moves bytes between memory and channels of the host, for plugins that store data in its files.
 * Any segment will do, even an array of {@code long}. Stateless; as safe for concurrent use as the
 * channels are.
 *
 * @since 0.1.0
 */
public final class HostBytes {
  /** The most that the platform should copy for a channel at once, if it must. */
  private static final long STEP = 1 << 20;

  private static final int BOUNCE = 1 << 16;

  private HostBytes() {}

  /**
   * Reads until a segment is full or the channel ends.
   *
   * @return how many bytes were read; fewer than the segment has at the end of the channel
   * @throws IOException if the host fails; some bytes may have been read
   */
  public static long read(ReadableByteChannel from, MemorySegment into) throws IOException {
    long done = 0;
    while (done < into.byteSize()) {
      int count = readSome(from, step(into, done));
      if (count < 0) {
        return done;
      }
      done += count;
    }
    return done;
  }

  private static int readSome(ReadableByteChannel from, MemorySegment into) throws IOException {
    Optional<ByteBuffer> buffer = buffer(into);
    if (buffer.isPresent()) {
      return from.read(buffer.get());
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(BOUNCE, into.byteSize()));
    int count = from.read(bytes);
    MemorySegment.copy(MemorySegment.ofBuffer(bytes.flip()), 0, into, 0, bytes.limit());
    return count;
  }

  /**
   * Writes the bytes of a segment until the host fails.
   *
   * @return how many bytes were written: all, or those before a failure, which the next call
   *     reports
   * @throws IOException if the host fails; nothing was written
   */
  public static long write(WritableByteChannel to, MemorySegment from) throws IOException {
    long done = 0;
    try {
      while (done < from.byteSize()) {
        done += writeSome(to, step(from, done));
      }
    } catch (IOException failure) {
      if (done == 0) {
        throw failure;
      }
    }
    return done;
  }

  private static int writeSome(WritableByteChannel to, MemorySegment from) throws IOException {
    Optional<ByteBuffer> buffer = buffer(from);
    if (buffer.isPresent()) {
      return to.write(buffer.get());
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(BOUNCE, from.byteSize()));
    MemorySegment.copy(from, 0, MemorySegment.ofBuffer(bytes), 0, bytes.limit());
    return to.write(bytes);
  }

  private static MemorySegment step(MemorySegment segment, long done) {
    return segment.asSlice(done, Math.min(STEP, segment.byteSize() - done));
  }

  /** Only an array of bytes can be a byte buffer. */
  private static Optional<ByteBuffer> buffer(MemorySegment segment) {
    try {
      return Optional.of(segment.asByteBuffer());
    } catch (UnsupportedOperationException otherArray) {
      return Optional.empty();
    }
  }
}
