package dev.nommu.kernel.ipc;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.memory.PhysicalMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Duration;

/**
 * A time passed by a program, unchecked: {@code struct timespec}.
 *
 * @param seconds the seconds
 * @param nanoseconds the fraction of a second
 */
public record Timespec(long seconds, long nanoseconds) {
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long NANOSECONDS_A_SECOND = 1_000_000_000;

  /** KTIME_SEC_MAX: the most seconds that fit in nanoseconds. */
  private static final long MOST_SECONDS = Long.MAX_VALUE / NANOSECONDS_A_SECOND;

  /**
   * Loads a time from memory, in the byte order of RISC-V.
   *
   * @throws ErrnoException EFAULT if the address has no memory or device
   */
  public static Timespec load(PhysicalMemory memory, long address) throws ErrnoException {
    MemorySegment bytes = MemorySegment.ofArray(new long[2]);
    try {
      memory.load(address, bytes);
      return new Timespec(bytes.get(WORD, 0), bytes.get(WORD, WORD.byteSize()));
    } catch (MemoryFault fault) {
      throw new ErrnoException(
          Errno.EFAULT,
          "timespec at 0x%x: no memory or device at this address".formatted(address),
          fault);
    }
  }

  /**
   * Returns the time, at most 292 years.
   *
   * @throws ErrnoException EINVAL if a part is negative or the nanoseconds exceed 999999999
   */
  public Duration duration() throws ErrnoException {
    if (seconds < 0 || nanoseconds < 0 || nanoseconds >= NANOSECONDS_A_SECOND) {
      throw new ErrnoException(
          Errno.EINVAL,
          "timespec: expected seconds from 0 and 0 to 999999999 ns, found %d s and %d ns"
              .formatted(seconds, nanoseconds));
    }
    return seconds >= MOST_SECONDS
        ? Duration.ofNanos(Long.MAX_VALUE)
        : Duration.ofSeconds(seconds, nanoseconds);
  }
}
