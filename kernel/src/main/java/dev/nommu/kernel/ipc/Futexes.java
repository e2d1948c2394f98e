package dev.nommu.kernel.ipc;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Profile;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.FileHandle;
import dev.nommu.kernel.mm.Region;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.Sleeper;
import dev.nommu.kernel.time.WaitQueue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Futexes (section FUTEX). One lock guards all queues: the value is compared with it held, and a
 * waker needs it, so that no wake-up is lost. Thread-safe.
 */
public final class Futexes {
  /** All bits of a bitset: woken by every waker. */
  public static final int MATCH_ANY = -1;

  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final PhysicalMemory memory;
  private final Profile profile;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<FutexKey, Deque<Waiter>> queues = new HashMap<>();

  /** Creates the futexes of one machine. */
  public Futexes(PhysicalMemory memory, Profile profile) {
    this.memory = memory;
    this.profile = profile;
  }

  /** Whether a futex is used by the threads of one process only (FUTEX_PRIVATE_FLAG). */
  public enum Scope {
    /** By one process. */
    PRIVATE,
    /** By all who share the memory. */
    SHARED
  }

  private final class Waiter {
    private final WaitQueue woken = new WaitQueue(lock, "a futex");
    private final int bitset;
    private FutexKey key;
    private boolean awake;

    Waiter(FutexKey key, int bitset) {
      this.key = key;
      this.bitset = bitset;
    }
  }

  /**
   * Waits until it is woken.
   *
   * @param expected the value the word must have
   * @param bitset woken only by wakers that have a bit in common; not 0
   * @param timeout how long to wait at most; empty for ever
   * @throws ErrnoException EINVAL for an unaligned address or an empty bitset, EFAULT, EAGAIN if
   *     the value differs, ETIMEDOUT, EINTR
   */
  public void await(
      AddressSpace space,
      long address,
      Scope scope,
      int expected,
      int bitset,
      Optional<Duration> timeout)
      throws ErrnoException {
    requireBits(bitset);
    FutexKey key = key(space, address, scope);
    lock.lock();
    try {
      int found = load(address);
      if (found != expected) {
        throw new ErrnoException(
            Errno.EAGAIN,
            "futex at 0x%x: expected %d, found %d [FUTEX-08]".formatted(address, expected, found));
      }
      Waiter waiter = new Waiter(key, bitset);
      queues.computeIfAbsent(key, _ -> new ArrayDeque<>()).add(waiter);
      sleep(waiter, address, timeout);
    } finally {
      lock.unlock();
    }
  }

  private void sleep(Waiter waiter, long address, Optional<Duration> timeout)
      throws ErrnoException {
    MachineClock clock = Sleeper.current().clock();
    long deadline = timeout.map(clock::after).orElse(MachineClock.NEVER);
    boolean inTime = true;
    try {
      while (!waiter.awake && inTime) {
        inTime = waiter.woken.await(deadline);
      }
    } finally {
      leave(waiter);
    }
    if (!waiter.awake) {
      throw new ErrnoException(
          Errno.ETIMEDOUT,
          "futex at 0x%x: not woken within %d ms [FUTEX-08]"
              .formatted(address, TimeUnit.NANOSECONDS.toMillis(timeout.orElseThrow().toNanos())));
    }
  }

  private void leave(Waiter waiter) {
    Deque<Waiter> queue = queues.get(waiter.key);
    if (queue != null) {
      queue.remove(waiter);
      dropIfEmpty(waiter.key, queue);
    }
  }

  private void dropIfEmpty(FutexKey key, Deque<Waiter> queue) {
    if (queue.isEmpty()) {
      queues.remove(key);
    }
  }

  /**
   * Wakes those who wait, the first to come first.
   *
   * @param most how many at most
   * @param bitset whom: those with a bit in common; not 0
   * @return how many were woken
   * @throws ErrnoException EINVAL for an unaligned address or an empty bitset, EFAULT
   */
  public int wake(AddressSpace space, long address, Scope scope, int most, int bitset)
      throws ErrnoException {
    requireBits(bitset);
    FutexKey key = key(space, address, scope);
    lock.lock();
    try {
      return wake(key, most, bitset);
    } finally {
      lock.unlock();
    }
  }

  private int wake(FutexKey key, int most, int bitset) {
    Deque<Waiter> queue = queues.getOrDefault(key, new ArrayDeque<>());
    int woken = 0;
    Iterator<Waiter> waiters = queue.iterator();
    while (woken < most && waiters.hasNext()) {
      Waiter waiter = waiters.next();
      if ((waiter.bitset & bitset) != 0) {
        waiters.remove();
        waiter.awake = true;
        waiter.woken.wakeAll();
        woken++;
      }
    }
    dropIfEmpty(key, queue);
    return woken;
  }

  /**
   * Wakes some of those who wait and lets others wait elsewhere.
   *
   * @param wake how many are woken at most
   * @param move how many of the others go on waiting at {@code target} at most
   * @param expected the value the word must have, or empty if it does not matter
   * @return how many were woken and moved
   * @throws ErrnoException EINVAL, EFAULT; EAGAIN if the value differs
   */
  public int requeue(
      AddressSpace space,
      long address,
      Scope scope,
      int wake,
      int move,
      long target,
      Optional<Integer> expected)
      throws ErrnoException {
    FutexKey from = key(space, address, scope);
    FutexKey to = key(space, target, scope);
    lock.lock();
    try {
      if (expected.isPresent() && load(address) != expected.get()) {
        throw new ErrnoException(
            Errno.EAGAIN, "futex at 0x%x: the value differs [FUTEX-08]".formatted(address));
      }
      return wake(from, wake, MATCH_ANY) + move(from, to, move);
    } finally {
      lock.unlock();
    }
  }

  private int move(FutexKey from, FutexKey to, int most) {
    Deque<Waiter> source = queues.getOrDefault(from, new ArrayDeque<>());
    int moved = 0;
    while (moved < most && !source.isEmpty() && !from.equals(to)) {
      Waiter waiter = source.removeFirst();
      waiter.key = to;
      queues.computeIfAbsent(to, _ -> new ArrayDeque<>()).add(waiter);
      moved++;
    }
    dropIfEmpty(from, source);
    return moved;
  }

  private static void requireBits(int bitset) throws ErrnoException {
    if (bitset == 0) {
      throw new ErrnoException(Errno.EINVAL, "futex: a bitset without bits");
    }
  }

  private FutexKey key(AddressSpace space, long address, Scope scope) throws ErrnoException {
    if ((address & Integer.BYTES - 1) != 0) {
      throw new ErrnoException(
          Errno.EINVAL, "futex at 0x%x: not a multiple of 4 [FUTEX-01]".formatted(address));
    }
    if (!profile.checksFutexMapping()) {
      return new FutexKey.Bare(address);
    }
    Vma vma = space.find(address).orElseThrow(() -> outside(address, "no mapping is there"));
    Region region = vma.region();
    Optional<FileHandle> file = region.file();
    if (file.isPresent() && isDevice(file.get())) {
      throw outside(address, "it is the mapping of a device");
    }
    return scope == Scope.SHARED && region.shareable() && file.isPresent()
        ? new FutexKey.Shared(file.get().regions(), region.offset() + address - region.start())
        : new FutexKey.Private(space, address);
  }

  private static boolean isDevice(FileHandle file) throws ErrnoException {
    return file.facts().kind() == FileKind.CHARACTER_DEVICE;
  }

  private static ErrnoException outside(long address, String why) {
    return new ErrnoException(Errno.EFAULT, "futex at 0x%x: %s [FUTEX-03]".formatted(address, why));
  }

  private int load(long address) throws ErrnoException {
    try {
      MemorySegment word = MemorySegment.ofArray(new byte[Integer.BYTES]);
      memory.load(address, word);
      return word.get(WORD, 0);
    } catch (MemoryFault fault) {
      throw new ErrnoException(
          Errno.EFAULT, "futex at 0x%x: nothing answers there".formatted(address), fault);
    }
  }

  /** Returns how many wait, on all futexes. */
  public int waiters() {
    lock.lock();
    try {
      return queues.values().stream().mapToInt(Deque::size).sum();
    } finally {
      lock.unlock();
    }
  }
}
