package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.task.TimeCalls;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;

/** The calls for clocks and timers. */
final class TimeSyscalls {
  private static final int CLOCK_REALTIME = 0;
  private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
  private static final int CLOCK_THREAD_CPUTIME_ID = 3;
  private static final int CLOCK_REALTIME_COARSE = 5;
  private static final int LAST_CLOCK = 11;
  private static final int TIMER_ABSTIME = 1;
  private static final int ITIMER_REAL = 0;
  private static final int ITIMERVAL = 32;
  private static final int MICROS = 1_000_000;
  private static final int NANOS = 1_000_000_000;

  private TimeSyscalls() {}

  static void addTo(SyscallTable table) {
    table
        .add(101, "nanosleep", TimeSyscalls::nanosleep)
        .add(102, "getitimer", TimeSyscalls::getitimer)
        .add(103, "setitimer", TimeSyscalls::setitimer)
        .add(112, "clock_settime", TimeSyscalls::clockSettime)
        .add(113, "clock_gettime", TimeSyscalls::clockGettime)
        .add(114, "clock_getres", TimeSyscalls::clockGetres)
        .add(115, "clock_nanosleep", TimeSyscalls::clockNanosleep)
        .add(169, "gettimeofday", TimeSyscalls::gettimeofday);
  }

  /**
   * Returns a {@code struct timespec}.
   *
   * @throws ErrnoException EINVAL if it is negative or its nanoseconds are a second or more
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
    return sleep(g, duration(g, a[0]), a[1]);
  }

  /** Sleeps; if a signal interrupts, writes the remaining time unless its address is NULL. */
  private static long sleep(Guest g, Duration time, long remaining) throws ErrnoException {
    Duration begin = g.task().time().monotonic();
    try {
      g.task().time().nanosleep(time);
      return 0;
    } catch (ErrnoException interrupted) {
      if (interrupted.errno() == Errno.EINTR && remaining != 0) {
        Duration left = time.minus(g.task().time().monotonic().minus(begin));
        g.memory().putLong(remaining, left.toSeconds());
        g.memory().putLong(remaining + Long.BYTES, left.toNanosPart());
      }
      throw interrupted;
    }
  }

  private static long getitimer(Guest g, long[] a) throws ErrnoException {
    requireRealTimer(a[0]);
    write(g.memory().at(a[1], ITIMERVAL), g.task().time());
    return 0;
  }

  private static long setitimer(Guest g, long[] a) throws ErrnoException {
    requireRealTimer(a[0]);
    Duration interval = a[1] == 0 ? Duration.ZERO : timeval(g, a[1]);
    Duration value = a[1] == 0 ? Duration.ZERO : timeval(g, a[1] + ITIMERVAL / 2);
    if (a[2] != 0) {
      write(g.memory().at(a[2], ITIMERVAL), g.task().time());
    }
    g.task().time().alarm(value, interval);
    return 0;
  }

  private static void requireRealTimer(long which) throws ErrnoException {
    if (which != ITIMER_REAL) {
      throw new ErrnoException(
          Errno.EINVAL, "itimer %d: CPU timers are not supported".formatted(which));
    }
  }

  private static Duration timeval(Guest g, long address) throws ErrnoException {
    long seconds = g.memory().getLong(address);
    long micros = g.memory().getLong(address + Long.BYTES);
    if (seconds < 0 || micros < 0 || micros >= MICROS) {
      throw new ErrnoException(
          Errno.EINVAL, "timeval of %d s and %d us".formatted(seconds, micros));
    }
    return Duration.ofSeconds(seconds, micros * 1000);
  }

  private static void write(MemorySegment into, TimeCalls time) {
    write(into, 0, time.alarmInterval());
    write(into, ITIMERVAL / 2, time.alarm());
  }

  private static void write(MemorySegment into, long at, Duration time) {
    into.set(UserSpace.LONG, at, time.toSeconds());
    into.set(UserSpace.LONG, at + Long.BYTES, time.toNanosPart() / 1000);
  }

  /** The machine's clock is simulated or the host's: no program can set it. */
  private static long clockSettime(Guest g, long[] a) throws ErrnoException {
    if (a[0] != CLOCK_REALTIME) {
      throw new ErrnoException(
          Errno.EINVAL, "clock_settime: clock %d cannot be set".formatted(a[0]));
    }
    duration(g, a[1]);
    throw new ErrnoException(Errno.EPERM, "clock_settime: the clock of this machine cannot be set");
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
    return switch ((int) clock) {
      case CLOCK_REALTIME, CLOCK_REALTIME_COARSE -> g.task().time().realtime();
      case CLOCK_PROCESS_CPUTIME_ID -> Instant.EPOCH.plus(g.task().time().processor());
      case CLOCK_THREAD_CPUTIME_ID -> Instant.EPOCH.plus(g.task().processes().timeslice().used());
      default -> Instant.EPOCH.plus(g.task().time().monotonic());
    };
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
    return rest.isPositive() ? sleep(g, rest, (a[1] & TIMER_ABSTIME) == 0 ? a[3] : 0) : 0;
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
