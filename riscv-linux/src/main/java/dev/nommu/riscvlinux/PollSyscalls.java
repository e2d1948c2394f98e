package dev.nommu.riscvlinux;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PollEvent;
import dev.nommu.kernel.signal.SignalSet;
import dev.nommu.kernel.task.DescriptorCalls;
import dev.nommu.kernel.task.PollFd;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The calls that wait for events on several files. */
final class PollSyscalls {
  private static final int POLLFD = 8;

  /** RLIMIT_NOFILE. */
  private static final int MOST_FILES = 1024;

  private PollSyscalls() {}

  static void addTo(SyscallTable table) {
    table.add(72, "pselect6", PollSyscalls::pselect).add(73, "ppoll", PollSyscalls::ppoll);
  }

  private static long ppoll(Guest g, long[] a) throws ErrnoException {
    if (a[1] < 0 || a[1] > MOST_FILES) {
      throw new ErrnoException(
          Errno.EINVAL, "poll of %d files: expected 0 to %d".formatted(a[1], MOST_FILES));
    }
    MemorySegment entries = g.memory().at(a[0], a[1] * POLLFD);
    Timeout timeout = Timeout.at(g, a[2]);
    List<PollFd> files = new ArrayList<>();
    for (int i = 0; i < a[1]; i++) {
      int descriptor = entries.get(UserSpace.INT, (long) i * POLLFD);
      short asked = entries.get(UserSpace.SHORT, (long) i * POLLFD + 4);
      files.add(new PollFd(descriptor, events(asked)));
    }
    List<Set<PollEvent>> told = await(g, files, timeout, blocked(g, a[3], a[4]));
    for (int i = 0; i < told.size(); i++) {
      entries.set(UserSpace.SHORT, (long) i * POLLFD + 6, bits(told.get(i)));
    }
    return told.stream().filter(events -> !events.isEmpty()).count();
  }

  /**
   * {@code pselect6}: three {@code fd_set}s; the last argument points to the address and the size
   * of a signal mask.
   */
  private static long pselect(Guest g, long[] a) throws ErrnoException {
    int count = (int) a[0];
    if (count < 0) {
      throw new ErrnoException(
          Errno.EINVAL, "pselect6 of %d files: expected 0 or more".formatted(count));
    }
    DescriptorSets sets =
        DescriptorSets.of(g.memory(), Math.min(count, MOST_FILES), a[1], a[2], a[3]);
    Timeout timeout = Timeout.at(g, a[4]);
    Optional<SignalSet> blocked =
        a[5] == 0
            ? Optional.empty()
            : blocked(g, g.memory().getLong(a[5]), g.memory().getLong(a[5] + Long.BYTES));
    List<PollFd> files = sets.asked();
    return sets.tell(files, await(g, files, timeout, blocked));
  }

  /**
   * The maximum time to wait; empty to wait indefinitely.
   *
   * @param address where the remaining time is written
   */
  private record Timeout(Optional<Duration> length, long address) {
    static Timeout at(Guest g, long address) throws ErrnoException {
      return new Timeout(
          address == 0 ? Optional.empty() : Optional.of(TimeSyscalls.duration(g, address)),
          address);
    }

    /** Writes the remaining time, if that is possible. */
    void putRest(Guest g, Duration passed) {
      if (length.isPresent()) {
        Duration rest = length.get().minus(passed);
        Duration left = rest.isNegative() ? Duration.ZERO : rest;
        g.memory().putIfThere(address, left.getSeconds());
        g.memory().putIfThere(address + Long.BYTES, (long) left.getNano());
      }
    }
  }

  private static Optional<SignalSet> blocked(Guest g, long address, long size)
      throws ErrnoException {
    return address == 0 ? Optional.empty() : Optional.of(SignalSyscalls.mask(g, address, size));
  }

  /** Waits for events or a signal; a restarted call continues with the remaining time. */
  private static List<Set<PollEvent>> await(
      Guest g, List<PollFd> files, Timeout timeout, Optional<SignalSet> blocked)
      throws ErrnoException {
    DescriptorCalls descriptors = g.task().descriptors();
    Duration begun = g.task().time().monotonic();
    try {
      return blocked.isEmpty()
          ? descriptors.poll(files, timeout.length())
          : descriptors.poll(files, timeout.length(), blocked.get());
    } finally {
      timeout.putRest(g, g.task().time().monotonic().minus(begun));
    }
  }

  private static Set<PollEvent> events(short bits) {
    Set<PollEvent> events = EnumSet.noneOf(PollEvent.class);
    for (PollEvent each : PollEvent.values()) {
      if ((bits & each.bit()) != 0) {
        events.add(each);
      }
    }
    return events;
  }

  private static short bits(Set<PollEvent> events) {
    return (short) events.stream().mapToInt(PollEvent::bit).reduce(0, (x, y) -> x | y);
  }
}
