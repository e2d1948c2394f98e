package dev.nommu.kernel.futex;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.ipc.WakeOp;
import java.lang.ScopedValue.CallableOp;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The queues of waiters at futexes, first come first woken. Futexes are spread over buckets, each
 * with its own lock, as in Linux's hash table. Thread-safe; nothing here blocks except on a lock.
 *
 * @param <K> the identity of a futex
 */
final class FutexQueues<K> {
  /** A bitset that every waker matches. */
  static final int MATCH_ANY = -1;

  /** The maximum number of futexes processed in parallel. */
  static final int BUCKETS = 256;

  /** Wakes a waiter. Called with locks held; never blocks. */
  @FunctionalInterface
  interface Alarm {
    /** Returns whether this ended the wait, rather than an earlier deadline or signal. */
    boolean ring();
  }

  /**
   * A futex.
   *
   * @param key its identity
   * @param address the address of its value
   */
  record Futex<K>(K key, long address) {}

  /** The place of a waiter in a queue. Its key is changed with the locks of both buckets held. */
  static final class Place<K> {
    private final int bitset;
    private final Alarm alarm;
    private volatile K key;

    private Place(K key, int bitset, Alarm alarm) {
      this.key = key;
      this.bitset = bitset;
      this.alarm = alarm;
    }
  }

  private final FutexMemory memory;
  private final List<Bucket<K>> buckets;

  /**
   * Creates empty queues.
   *
   * @param buckets the number of locks, 1 or more
   */
  FutexQueues(FutexMemory memory, int buckets) {
    this.memory = memory;
    this.buckets = IntStream.range(0, buckets).mapToObj(number -> new Bucket<K>()).toList();
  }

  /**
   * Queues a caller about to wait. From now on the alarm may ring.
   *
   * @param expected the value the futex must have
   * @param bitset matches wakers that have a bit in common
   * @return the argument for {@link #leave}, to be called when the wait has ended in any way; empty
   *     if the value differs
   * @throws ErrnoException EFAULT
   */
  Optional<Place<K>> enter(Futex<K> futex, int expected, int bitset, Alarm alarm)
      throws ErrnoException {
    Bucket<K> bucket = bucket(futex.key());
    synchronized (bucket) {
      if (memory.load(futex.address()) != expected) {
        return Optional.empty();
      }
      Place<K> place = new Place<>(futex.key(), bitset, alarm);
      bucket.add(place);
      return Optional.of(place);
    }
  }

  /** Removes a place; does nothing if a waker has already taken it. */
  void leave(Place<K> place) {
    boolean left = false;
    while (!left) {
      K key = place.key;
      Bucket<K> bucket = bucket(key);
      synchronized (bucket) {
        left = key.equals(place.key);
        if (left) {
          bucket.remove(place);
        }
      }
    }
  }

  /**
   * Wakes waiters.
   *
   * @param most the maximum number to wake
   * @param bitset matches waiters that have a bit in common
   * @return the number woken
   */
  int wake(K key, int most, int bitset) {
    Bucket<K> bucket = bucket(key);
    synchronized (bucket) {
      return bucket.wake(key, most, bitset);
    }
  }

  /**
   * Wakes some waiters and moves others to another futex.
   *
   * @param wake the maximum number to wake
   * @param move the maximum number of the others to move to {@code to}
   * @param expected the value {@code from} must have, or empty if it does not matter
   * @return the number woken and moved; empty if the value differs
   * @throws ErrnoException EFAULT
   */
  OptionalInt requeue(Futex<K> from, K to, int wake, int move, OptionalInt expected)
      throws ErrnoException {
    return withBoth(
        from.key(),
        to,
        () -> {
          if (expected.isPresent() && memory.load(from.address()) != expected.getAsInt()) {
            return OptionalInt.empty();
          }
          int woken = bucket(from.key()).wake(from.key(), wake, MATCH_ANY);
          return OptionalInt.of(woken + move(from.key(), to, move));
        });
  }

  private int move(K from, K to, int most) {
    Bucket<K> source = bucket(from);
    List<Place<K>> moving = source.first(from, most);
    if (!from.equals(to)) {
      for (Place<K> place : moving) {
        source.remove(place);
        place.key = to;
        bucket(to).add(place);
      }
    }
    return moving.size();
  }

  /**
   * Changes the value of one futex, wakes waiters at another, and at the first if its previous
   * value satisfies the comparison, all atomically.
   *
   * @param most the maximum number to wake at {@code key}
   * @param changed the futex whose value is changed
   * @param mostThere the maximum number to wake there
   * @return the number woken
   * @throws ErrnoException EFAULT
   */
  int wakeOp(K key, int most, Futex<K> changed, int mostThere, WakeOp operation)
      throws ErrnoException {
    return withBoth(
        key,
        changed.key(),
        () -> {
          int before = memory.update(changed.address(), operation::apply);
          int woken = bucket(key).wake(key, most, MATCH_ANY);
          return operation.wakes(before)
              ? woken + bucket(changed.key()).wake(changed.key(), mostThere, MATCH_ANY)
              : woken;
        });
  }

  private <T> T withBoth(K one, K other, CallableOp<T, ErrnoException> action)
      throws ErrnoException {
    int first = Math.min(index(one), index(other));
    int second = Math.max(index(one), index(other));
    synchronized (buckets.get(first)) {
      synchronized (buckets.get(second)) {
        return action.call();
      }
    }
  }

  private Bucket<K> bucket(K key) {
    return buckets.get(index(key));
  }

  private int index(K key) {
    int hash = key.hashCode();
    return Math.floorMod(hash ^ (hash >>> 16), buckets.size());
  }

  /** Returns the number of waiters at all futexes. */
  int waiters() {
    int waiters = 0;
    for (Bucket<K> bucket : buckets) {
      synchronized (bucket) {
        waiters += bucket.size();
      }
    }
    return waiters;
  }

  /** Some of the queues. Callers hold its monitor. */
  private static final class Bucket<K> {
    private final Map<K, Set<Place<K>>> queues = new HashMap<>();

    void add(Place<K> place) {
      queues.computeIfAbsent(place.key, _ -> new LinkedHashSet<>()).add(place);
    }

    void remove(Place<K> place) {
      queues.computeIfPresent(
          place.key, (_, queue) -> queue.remove(place) && queue.isEmpty() ? null : queue);
    }

    List<Place<K>> first(K key, int most) {
      return queues.getOrDefault(key, Set.of()).stream().limit(most).toList();
    }

    int wake(K key, int most, int bitset) {
      Set<Place<K>> queue = queues.getOrDefault(key, Set.of());
      Iterator<Place<K>> places = queue.iterator();
      int woken = 0;
      while (woken < most && places.hasNext()) {
        Place<K> place = places.next();
        if ((place.bitset & bitset) != 0) {
          places.remove();
          woken += place.alarm.ring() ? 1 : 0;
        }
      }
      if (queue.isEmpty()) {
        queues.remove(key);
      }
      return woken;
    }

    int size() {
      int size = 0;
      for (Set<Place<K>> queue : queues.values()) {
        size += queue.size();
      }
      return size;
    }
  }
}
