package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.time.Duration;
import java.time.Instant;

/** The calls about time. */
final class TimeSyscalls {
  private static final int CLOCK_REALTIME = 0;
  private static final int CLOCK_REALTIME_COARSE = 5;
  private static final int LAST_CLOCK = 11;
  private static final int TIMER_ABSTIME = 1;
  private static final int NANOS = 1_000_000_000;

  private TimeSyscalls() {}

  static void addTo(SyscallTable table) {
    table
        .add(101, "nanosleep", TimeSyscalls::nanosleep)
        .add(113, "clock_gettime", TimeSyscalls::clockGettime)
        .add(114, "clock_getres", TimeSyscalls::clockGetres)
        .add(115, "clock_nanosleep", TimeSyscalls::clockNanosleep)
        .add(169, "gettimeofday", TimeSyscalls::gettimeofday);
  }

  /**
   * Returns a {@code struct timespec}.
   *
   * @throws ErrnoException EINVAL for one that is negative or has a second of nanoseconds
   */
  static Duration duration(Guest g, long address) throws ErrnoException {
    long seconds = g.memory().getLong(address);
    long nanos = g.memory().getLong(address + Long.BYTES);
    if (seconds < 0 || nanos < 0 || nanos >= NANOS) {
      throw new ErrnoException(
          Errno.EINVAL, "timespec of %d s and %d ns".formatted(seconds, nanos));
    }
    return Duration.ofSeconds(seconds, nanos);
  }

  private static long nanosleep(Guest g, long[] a) throws ErrnoException {
    g.task().time().nanosleep(duration(g, a[0]));
    return 0;
  }

  private static long clockGettime(Guest g, long[] a) throws ErrnoException {
    Instant now = now(g, a[0]);
    g.memory().putLong(a[1], now.getEpochSecond());
    g.memory().putLong(a[1] + Long.BYTES, now.getNano());
    return 0;
  }

  private static Instant now(Guest g, long clock) throws ErrnoException {
    if (clock < 0 || clock > LAST_CLOCK) {
      throw new ErrnoException(Errno.EINVAL, "unknown clock " + clock);
    }
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE
        ? g.task().time().realtime()
        : Instant.EPOCH.plus(g.task().time().monotonic());
  }

  private static long clockGetres(Guest g, long[] a) throws ErrnoException {
    now(g, a[0]);
    if (a[1] != 0) {
      g.memory().putLong(a[1], 0);
      g.memory().putLong(a[1] + Long.BYTES, 1);
    }
    return 0;
  }

  private static long clockNanosleep(Guest g, long[] a) throws ErrnoException {
    Duration time = duration(g, a[2]);
    Duration rest =
        (a[1] & TIMER_ABSTIME) == 0
            ? time
            : time.minus(Duration.between(Instant.EPOCH, now(g, a[0])));
    if (rest.isPositive()) {
      g.task().time().nanosleep(rest);
    }
    return 0;
  }

  private static long gettimeofday(Guest g, long[] a) throws ErrnoException {
    if (a[0] != 0) {
      Instant now = g.task().time().realtime();
      g.memory().putLong(a[0], now.getEpochSecond());
      g.memory().putLong(a[0] + Long.BYTES, now.getNano() / 1000);
    }
    return 0;
  }
}
