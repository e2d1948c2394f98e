package dev.nommu.kernel.plugin;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;

/**
 * A segment passed by the caller of a read or write and lent to a plugin. An error in it is the
 * caller's fault, EFAULT, and never the plugin's.
 */
final class CallerSegment {
  /** MAX_RW_COUNT: the most bytes that one call transfers. */
  private static final long MOST = 0x7fff_f000L;

  private CallerSegment() {}

  /**
   * Checks that bytes can be read from a segment.
   *
   * @throws ErrnoException EFAULT
   */
  static void requireUsable(String operation, MemorySegment segment) throws ErrnoException {
    if (!segment.scope().isAlive()) {
      throw bad(operation, "is closed");
    }
    if (!segment.isAccessibleBy(Thread.currentThread())) {
      throw bad(operation, "is confined to another thread");
    }
  }

  /**
   * Checks that bytes can be stored in a segment.
   *
   * @throws ErrnoException EFAULT
   */
  static void requireWritable(String operation, MemorySegment segment) throws ErrnoException {
    requireUsable(operation, segment);
    if (segment.isReadOnly()) {
      throw bad(operation, "is read-only");
    }
  }

  private static ErrnoException bad(String operation, String why) {
    return new ErrnoException(
        Errno.EFAULT, "%s: the caller's segment %s".formatted(operation, why));
  }

  /** Returns as much of a segment as one call transfers. */
  static MemorySegment bounded(MemorySegment segment) {
    return segment.byteSize() > MOST ? segment.asSlice(0, MOST) : segment;
  }

  /** Returns whether it can be lent: memory, or a {@code byte[]}, as in a {@code ByteBuffer}. */
  static boolean isOfBytes(MemorySegment segment) {
    return segment.isNative()
        || segment.heapBase().map(byte[].class::isInstance).orElseGet(() -> isByteBuffer(segment));
  }

  /** Covers read-only segments, whose array is hidden. */
  private static boolean isByteBuffer(MemorySegment segment) {
    try {
      return segment.asByteBuffer().isReadOnly();
    } catch (UnsupportedOperationException otherArray) {
      return false;
    }
  }

  /** Returns a segment that can be lent in place of another. */
  static MemorySegment inPlaceOf(MemorySegment segment) {
    return MemorySegment.ofArray(new byte[(int) segment.byteSize()]);
  }
}
