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
 * with a lock of its own, as in Linux's table. Thread-safe; nothing here waits for longer than for
 * a lock.
 *
 * @param <K> what makes two futexes the same
 */
final class FutexQueues<K> {
  /** Woken by every waker. */
  static final int MATCH_ANY = -1;

  /** How many futexes can be worked on at once, at best. */
  static final int BUCKETS = 256;

  /** Ends the wait of somebody. Called with locks held; waits for nothing. */
  @FunctionalInterface
  interface Alarm {
    /** Returns whether this ended the wait, and not a deadline or a signal before. */
    boolean ring();
  }

  /**
   * A futex.
   *
   * @param key what it is known by
   * @param address where its value is
   */
  record Futex<K>(K key, long address) {}

  /** Somebody's place in a queue. Its key is changed with the locks of both buckets held. */
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
   * Creates queues in which nobody waits.
   *
   * @param buckets how many locks there are, 1 or more
   */
  FutexQueues(FutexMemory memory, int buckets) {
    this.memory = memory;
    this.buckets = IntStream.range(0, buckets).mapToObj(number -> new Bucket<K>()).toList();
  }

  /**
   * Queues somebody who is going to wait. From now on the alarm may ring.
   *
   * @param expected the value the futex must have
   * @param bitset whose wakers ring: those with a bit in common
   * @return what {@link #leave} is to be called with when the wait is over, however it ended; empty
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

  /** Gives a place up; nothing happens if a waker has taken it already. */
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
   * @param most how many at most
   * @param bitset wakes the waiters that have a bit in common with this
   * @return how many were woken
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
   * @param wake how many are woken at most
   * @param move how many of the others go on waiting at {@code to} at most
   * @param expected the value {@code from} must have, or empty if it does not matter
   * @return how many were woken and moved; empty if the value differs
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
   * Changes the value of one futex, wakes at another one, and at the first if its value before was
   * as the operation says, all in one step.
   *
   * @param most how many are woken at {@code key}, at most
   * @param changed the futex whose value is changed
   * @param mostThere how many are woken there, at most
   * @return how many were woken
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

  /** Returns how many wait, at all futexes. */
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
