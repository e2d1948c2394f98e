package dev.nommu.kernel.futex;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Profile;
import dev.nommu.kernel.futex.FutexQueues.Futex;
import dev.nommu.kernel.futex.FutexQueues.Place;
import dev.nommu.kernel.ipc.FutexScope;
import dev.nommu.kernel.ipc.FutexTimeout;
import dev.nommu.kernel.ipc.WakeOp;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.FileHandle;
import dev.nommu.kernel.mm.Region;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.profile.Difference;
import dev.nommu.kernel.time.Waiter;
import dev.nommu.kernel.wait.Sleeper;
import dev.nommu.kernel.wait.Urgency;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Futexes (section FUTEX). Every call fails with EINVAL for an address that is not a multiple of 4
 * and with EFAULT for one that cannot hold a futex. Thread-safe.
 */
public final class Futexes {
  /** A bitset with all bits: every waker matches. */
  public static final int MATCH_ANY = FutexQueues.MATCH_ANY;

  private final Profile profile;
  private final FutexMemory memory;
  private final FutexQueues<FutexKey> queues;
  private final PiLocks<FutexKey> locks;

  /** Creates the futexes of one machine. */
  public Futexes(PhysicalMemory memory, Profile profile) {
    this.profile = profile;
    this.memory = new PhysicalFutexMemory(memory);
    this.queues = new FutexQueues<>(this.memory, FutexQueues.BUCKETS);
    this.locks = new PiLocks<>(this.memory);
  }

  /**
   * The location of a futex in a process.
   *
   * @param space the mappings of the process
   * @param address the address of the value
   * @param scope private to the process, or shared
   */
  public record At(AddressSpace space, long address, FutexScope scope) {
    /** Returns another futex of the same process and scope. */
    At other(long otherAddress) {
      return new At(space, otherAddress, scope);
    }
  }

  /**
   * Waits until it is woken, as FUTEX_WAIT and FUTEX_WAIT_BITSET do.
   *
   * @param expected the value the futex must have
   * @param bitset matches wakers that have a bit in common; not 0
   * @throws ErrnoException EINVAL also for an empty bitset; EAGAIN if the value differs, ETIMEDOUT,
   *     EINTR
   */
  public void await(At at, int expected, int bitset, FutexTimeout timeout) throws ErrnoException {
    requireBits(bitset);
    Futex<FutexKey> futex = futex(at);
    Sleeper sleeper = Sleeper.current();
    long deadline = timeout.deadline(sleeper.clock());
    Waiter waiter = new Waiter(sleeper.clock());
    Place<FutexKey> place =
        queues
            .enter(futex, expected, bitset, waiter::wake)
            .orElseThrow(() -> differs(at, expected));
    try {
      sleep(sleeper, waiter, deadline, Urgency.HANDLED, at.address());
    } finally {
      queues.leave(place);
    }
  }

  private static void sleep(
      Sleeper sleeper, Waiter waiter, long deadline, Urgency least, long address)
      throws ErrnoException {
    String what = "a futex at 0x%x".formatted(address);
    switch (sleeper.sleep(waiter, deadline, least, what)) {
      case WOKEN -> {}
      case TIMED_OUT ->
          throw ErrnoException.byRule("FUTEX-08", Errno.ETIMEDOUT, what + ": not woken in time");
      case INTERRUPTED ->
          throw ErrnoException.byRule(
              "FUTEX-08", Errno.EINTR, what + ": interrupted while waiting");
    }
  }

  /**
   * Wakes waiters, the longest wait first, as FUTEX_WAKE and FUTEX_WAKE_BITSET do.
   *
   * @param most the maximum number to wake; less than 1 counts as 1, as in Linux
   * @param bitset matches waiters that have a bit in common; not 0
   * @return the number woken
   * @throws ErrnoException EINVAL also for an empty bitset
   */
  public int wake(At at, int most, int bitset) throws ErrnoException {
    requireBits(bitset);
    return queues.wake(futex(at).key(), Math.max(1, most), bitset);
  }

  /**
   * Wakes some waiters and moves others to another futex: FUTEX_REQUEUE and FUTEX_CMP_REQUEUE.
   *
   * @param wake the maximum number to wake, 0 or more
   * @param move the maximum number of the others to move to {@code target}, 0 or more
   * @param expected the value the futex must have, or empty if it does not matter
   * @return the number woken and moved
   * @throws ErrnoException EINVAL also for a negative number; EAGAIN if the value differs
   */
  public int requeue(At at, int wake, int move, long target, OptionalInt expected)
      throws ErrnoException {
    if (wake < 0 || move < 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "futex at 0x%x: expected 0 or more to wake and to move, found %d and %d"
              .formatted(at.address(), wake, move));
    }
    Futex<FutexKey> from = futex(at);
    return queues
        .requeue(from, futex(at.other(target)).key(), wake, move, expected)
        .orElseThrow(() -> differs(at, expected.getAsInt()));
  }

  private static ErrnoException differs(At at, int expected) {
    return ErrnoException.byRule(
        "FUTEX-08",
        Errno.EAGAIN,
        "futex at 0x%x: expected %d, found another value".formatted(at.address(), expected));
  }

  /**
   * Changes the value of one futex and wakes waiters at two, as FUTEX_WAKE_OP does. The change is
   * atomic with respect to all other calls and to atomic operations on the same word.
   *
   * @param most the maximum number to wake at {@code at}; less than 1 counts as 1
   * @param changed the address of the changed value
   * @param mostThere the maximum number to wake there; less than 1 counts as 1
   * @return the number woken
   */
  public int wakeOp(At at, int most, long changed, int mostThere, WakeOp operation)
      throws ErrnoException {
    FutexKey key = futex(at).key();
    Futex<FutexKey> second = futex(at.other(changed));
    return queues.wakeOp(key, Math.max(1, most), second, Math.max(1, mostThere), operation);
  }

  /**
   * Locks a futex, as FUTEX_LOCK_PI does; only a fatal signal interrupts the wait.
   *
   * @throws ErrnoException EDEADLK if the caller holds it, ESRCH if its owner does not exist,
   *     EINVAL also if its value does not name its owner, ETIMEDOUT
   */
  public void lock(At at, FutexCaller caller, FutexTimeout timeout) throws ErrnoException {
    Sleeper sleeper = Sleeper.current();
    long deadline = timeout.deadline(sleeper.clock());
    Waiter waiter = new Waiter(sleeper.clock());
    Optional<PiLocks.Place<FutexKey>> place = locks.lock(futex(at), caller, waiter::wake);
    if (place.isPresent()) {
      try {
        sleep(sleeper, waiter, deadline, Urgency.FATAL, at.address());
      } finally {
        locks.leave(place.get());
      }
    }
  }

  /**
   * Locks a free futex, as FUTEX_TRYLOCK_PI does.
   *
   * @throws ErrnoException EAGAIN if it is locked, and as {@link #lock}
   */
  public void tryLock(At at, FutexCaller caller) throws ErrnoException {
    if (!locks.tryLock(futex(at), caller)) {
      throw ErrnoException.byRule(
          "FUTEX-09", Errno.EAGAIN, "futex at 0x%x: already locked".formatted(at.address()));
    }
  }

  /**
   * Passes a futex locked by the caller to its first waiter, as FUTEX_UNLOCK_PI does.
   *
   * @throws ErrnoException EPERM if the caller does not hold it
   */
  public void unlock(At at, int tid) throws ErrnoException {
    locks.unlock(futex(at), tid);
  }

  /**
   * Passes the locks of a task that ends or executes a file to their next waiters, and marks its
   * other locks (rule FUTEX-10).
   *
   * @param space the memory map of the task
   */
  public void ownerDied(int tid, RobustList list, AddressSpace space) {
    locks.ownerDied(tid);
    list.leave(this, memory, space);
  }

  private static void requireBits(int bitset) throws ErrnoException {
    if (bitset == 0) {
      throw new ErrnoException(Errno.EINVAL, "futex: expected a bitset other than 0");
    }
  }

  private Futex<FutexKey> futex(At at) throws ErrnoException {
    if ((at.address() & (Integer.BYTES - 1)) != 0) {
      throw ErrnoException.byRule(
          "FUTEX-01", Errno.EINVAL, "futex at 0x%x: not a multiple of 4".formatted(at.address()));
    }
    return new Futex<>(
        Difference.FUTEX_MAPPING_IS_CHECKED.in(profile) ? key(at) : new FutexKey.Bare(at.address()),
        at.address());
  }

  private static FutexKey key(At at) throws ErrnoException {
    Vma vma =
        at.space()
            .find(at.address())
            .orElseThrow(() -> unfit(at, "expected an address in a mapping of the process"));
    Region region = vma.region();
    Optional<FileHandle> file = region.file();
    if (file.isPresent() && isDevice(region, file.get())) {
      throw unfit(at, "expected memory, found a mapping of a device");
    }
    return at.scope() == FutexScope.SHARED && region.shareable() && file.isPresent()
        ? new FutexKey.Shared(
            file.get().regions(), region.offset() + (at.address() - region.start()))
        : new FutexKey.Private(at.space(), at.address());
  }

  /** A copy of a device's data is ordinary memory. */
  private static boolean isDevice(Region region, FileHandle file) throws ErrnoException {
    return region.kind() == RegionKind.STORE && file.facts().kind() == FileKind.CHARACTER_DEVICE;
  }

  private static ErrnoException unfit(At at, String why) {
    return ErrnoException.byRule(
        "FUTEX-03", Errno.EFAULT, "futex at 0x%x: %s".formatted(at.address(), why));
  }

  /** Returns how many wait, at all futexes. */
  public int waiters() {
    return queues.waiters() + locks.waiters();
  }
}
