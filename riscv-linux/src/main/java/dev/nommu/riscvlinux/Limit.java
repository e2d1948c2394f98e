package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/**
 * A resource limit, in the order of the RLIMIT_… numbers, with the value of Linux's first process.
 * Only DATA can be changed.
 */
enum Limit {
  CPU,
  FSIZE,
  DATA,
  STACK(8 << 20, Limit.INFINITY),
  CORE(0, Limit.INFINITY),
  RSS,
  NPROC,
  NOFILE(1024, 4096),
  MEMLOCK(8 << 20, 8 << 20),
  AS,
  LOCKS,
  SIGPENDING,
  MSGQUEUE(819_200, 819_200),
  NICE(0, 0),
  RTPRIO(0, 0),
  RTTIME;

  /** RLIM_INFINITY. */
  private static final long INFINITY = -1;

  private final long soft;
  private final long hard;

  Limit() {
    this(Limit.INFINITY, Limit.INFINITY);
  }

  Limit(long soft, long hard) {
    this.soft = soft;
    this.hard = hard;
  }

  /**
   * Returns the limit with a number.
   *
   * @throws ErrnoException EINVAL if no limit has this number
   */
  static Limit of(int number) throws ErrnoException {
    if (number < 0 || number >= values().length) {
      throw new ErrnoException(Errno.EINVAL, "there is no limit " + number);
    }
    return values()[number];
  }

  /** Returns whether a {@code struct rlimit64} has the same values. */
  boolean isSaidBy(UserSpace memory, long address) throws ErrnoException {
    return memory.getLong(address) == soft && memory.getLong(address + Long.BYTES) == hard;
  }

  /** Writes it as {@code struct rlimit64}. */
  void put(UserSpace memory, long address) throws ErrnoException {
    memory.putLong(address, soft);
    memory.putLong(address + Long.BYTES, hard);
  }
}
