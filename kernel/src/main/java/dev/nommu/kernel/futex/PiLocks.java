package dev.nommu.kernel.futex;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.futex.FutexQueues.Alarm;
import dev.nommu.kernel.futex.FutexQueues.Futex;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Futexes that are locks, as with priority inheritance (rule FUTEX-09): the value is the number of
 * the task that owns the lock, and bits. There are no priorities, so the order is first come, first
 * served. Thread-safe; nothing here blocks except on the monitor.
 *
 * @param <K> the identity of a futex
 */
final class PiLocks<K> {
  private static final int WAITERS = 0x8000_0000;
  private static final int OWNER_DIED = 0x4000_0000;
  private static final int TID = 0x3fff_ffff;

  /** A waiter for a lock. */
  record Place<K>(Futex<K> futex, int tid, Alarm alarm) {}

  /** The waiters for one lock, at least one, and its owner. */
  private record Queue<K>(int owner, Deque<Place<K>> places) {}

  private final FutexMemory memory;

  @GuardedBy("this")
  private final Map<K, Queue<K>> queues = new HashMap<>();

  /** Creates locks without waiters. */
  PiLocks(FutexMemory memory) {
    this.memory = memory;
  }

  /**
   * Takes a lock if it is free.
   *
   * @param caller the thread that takes it
   * @return whether it was taken; if not, its value now has FUTEX_WAITERS set, as in Linux
   * @throws ErrnoException EDEADLK if the caller holds it, ESRCH if its owner does not exist,
   *     EINVAL if its value does not name the owner, EFAULT
   */
  synchronized boolean tryLock(Futex<K> futex, FutexCaller caller) throws ErrnoException {
    @Nullable Queue<K> queue = queues.get(futex.key());
    int before = memory.update(futex.address(), value -> taken(value, caller.tid(), queue));
    int owner = before & TID;
    if (owner == caller.tid()) {
      throw failure(Errno.EDEADLK, futex, "the caller already holds it");
    }
    if (queue != null && owner != queue.owner) {
      throw failure(
          Errno.EINVAL, futex, "expected %d as its owner, found %d".formatted(queue.owner, owner));
    }
    if (owner != 0 && !caller.lives().test(owner)) {
      throw failure(Errno.ESRCH, futex, "its owner %d does not exist".formatted(owner));
    }
    return owner == 0;
  }

  private static int taken(int value, int tid, @Nullable Queue<?> queue) {
    int owner = value & TID;
    if (owner == tid || (queue != null && owner != queue.owner)) {
      return value;
    }
    return owner == 0 ? (value & OWNER_DIED) | tid : value | WAITERS;
  }

  /**
   * Takes a lock, or queues for it.
   *
   * @param alarm rings when the caller holds it
   * @return the argument for {@link #leave}, to be called when the wait is over; empty if the lock
   *     was taken at once
   * @throws ErrnoException as {@link #tryLock}
   */
  synchronized Optional<Place<K>> lock(Futex<K> futex, FutexCaller caller, Alarm alarm)
      throws ErrnoException {
    if (tryLock(futex, caller)) {
      return Optional.empty();
    }
    int owner = memory.load(futex.address()) & TID;
    Place<K> place = new Place<>(futex, caller.tid(), alarm);
    queues
        .computeIfAbsent(futex.key(), _ -> new Queue<>(owner, new ArrayDeque<>()))
        .places()
        .add(place);
    return Optional.of(place);
  }

  /** Removes a place; does nothing if its alarm has rung. */
  synchronized void leave(Place<K> place) {
    K key = place.futex().key();
    @Nullable Queue<K> queue = queues.get(key);
    if (queue != null && queue.places.remove(place) && queue.places.isEmpty()) {
      queues.remove(key);
    }
  }

  /**
   * Passes a lock to its first waiter, or frees it.
   *
   * @param tid the task that unlocks it
   * @throws ErrnoException EPERM if this is not its owner, EFAULT
   */
  synchronized void unlock(Futex<K> futex, int tid) throws ErrnoException {
    if ((memory.load(futex.address()) & TID) != tid) {
      throw failure(Errno.EPERM, futex, "the caller does not hold it");
    }
    int now = next(futex.key()).map(place -> WAITERS | place.tid()).orElse(0);
    memory.update(futex.address(), _ -> now);
  }

  /** Passes the locks of an owner that has ended to their next waiters. */
  synchronized void ownerDied(int tid) {
    List<K> left =
        queues.entrySet().stream()
            .filter(entry -> entry.getValue().owner == tid)
            .map(Map.Entry::getKey)
            .toList();
    for (K key : left) {
      next(key).ifPresent(this::inherit);
    }
  }

  /** If the value can no longer be accessed, the lock is unusable. */
  private void inherit(Place<K> heir) {
    try {
      memory.update(heir.futex().address(), _ -> WAITERS | OWNER_DIED | heir.tid());
    } catch (ErrnoException unreachable) {
      assert unreachable.errno() == Errno.EFAULT;
    }
  }

  /** Passes a lock to the first waiter whose wait has not ended; the others keep waiting. */
  @GuardedBy("this")
  private Optional<Place<K>> next(K key) {
    @Nullable Queue<K> queue = queues.remove(key);
    if (queue == null) {
      return Optional.empty();
    }
    @Nullable Place<K> next = queue.places.poll();
    while (next != null && !next.alarm().ring()) {
      next = queue.places.poll();
    }
    if (next != null && !queue.places.isEmpty()) {
      queues.put(key, new Queue<>(next.tid(), queue.places));
    }
    return Optional.ofNullable(next);
  }

  private static ErrnoException failure(Errno errno, Futex<?> futex, String why) {
    return ErrnoException.byRule(
        "FUTEX-09", errno, "futex at 0x%x: %s".formatted(futex.address(), why));
  }

  /** Returns the number of waiters for all locks. */
  synchronized int waiters() {
    return queues.values().stream().mapToInt(queue -> queue.places.size()).sum();
  }
}
