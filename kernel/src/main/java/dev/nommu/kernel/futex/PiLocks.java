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
 * Futexes that are locks, as those with priority inheritance (rule FUTEX-09): the value is the
 * number of the task that owns the lock, and bits. There are no priorities, so first come is first
 * served. Thread-safe; nothing here waits for longer than for the monitor.
 *
 * @param <K> what makes two futexes the same
 */
final class PiLocks<K> {
  private static final int WAITERS = 0x8000_0000;
  private static final int OWNER_DIED = 0x4000_0000;
  private static final int TID = 0x3fff_ffff;

  /** Somebody who waits for a lock. */
  record Place<K>(Futex<K> futex, int tid, Alarm alarm) {}

  /** The waiters for one lock, at least one, and its owner. */
  private record Queue<K>(int owner, Deque<Place<K>> places) {}

  private final FutexMemory memory;

  @GuardedBy("this")
  private final Map<K, Queue<K>> queues = new HashMap<>();

  /** Creates locks for which nobody waits. */
  PiLocks(FutexMemory memory) {
    this.memory = memory;
  }

  /**
   * Takes a lock that is free.
   *
   * @param caller who takes it
   * @return whether it was taken; else its value says now that somebody waits, as in Linux
   * @throws ErrnoException EDEADLK if the caller has it, ESRCH if its owner does not exist, EINVAL
   *     if its value does not name the owner, EFAULT
   */
  synchronized boolean tryLock(Futex<K> futex, FutexCaller caller) throws ErrnoException {
    @Nullable Queue<K> queue = queues.get(futex.key());
    int before = memory.update(futex.address(), value -> taken(value, caller.tid(), queue));
    int owner = before & TID;
    if (owner == caller.tid()) {
      throw failure(Errno.EDEADLK, futex, "the caller has locked it");
    }
    if (queue != null && owner != queue.owner) {
      throw failure(Errno.EINVAL, futex, "its owner is %d, not %d".formatted(queue.owner, owner));
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
   * @param alarm rings when the caller has it
   * @return what {@link #leave} is to be called with when the wait is over; empty if the lock was
   *     taken at once
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

  /** Gives a place up; nothing happens if its alarm rang. */
  synchronized void leave(Place<K> place) {
    K key = place.futex().key();
    @Nullable Queue<K> queue = queues.get(key);
    if (queue != null && queue.places.remove(place) && queue.places.isEmpty()) {
      queues.remove(key);
    }
  }

  /**
   * Gives a lock to the first who waits for it, or lets it be free.
   *
   * @param tid who gives it up
   * @throws ErrnoException EPERM if that is not its owner, EFAULT
   */
  synchronized void unlock(Futex<K> futex, int tid) throws ErrnoException {
    if ((memory.load(futex.address()) & TID) != tid) {
      throw failure(Errno.EPERM, futex, "the caller has not locked it");
    }
    int now = next(futex.key()).map(place -> WAITERS | place.tid()).orElse(0);
    memory.update(futex.address(), _ -> now);
  }

  /** Gives the locks for which somebody waits to the next, because their owner has ended. */
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

  /** Where the value cannot be reached any more, nobody can use the lock. */
  private void inherit(Place<K> heir) {
    try {
      memory.update(heir.futex().address(), _ -> WAITERS | OWNER_DIED | heir.tid());
    } catch (ErrnoException unreachable) {
      assert unreachable.errno() == Errno.EFAULT;
    }
  }

  /** Lets the first whose wait has not ended have a lock, and the others wait for that one. */
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

  /** Returns how many wait, for all locks. */
  synchronized int waiters() {
    return queues.values().stream().mapToInt(queue -> queue.places.size()).sum();
  }
}
