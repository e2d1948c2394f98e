package dev.nommu.kernel.shm;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.ipc.ShmLimits;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Objects by identifier, as in {@code struct ipc_ids}: an identifier is an index into a table and,
 * in the higher bits, a sequence number. An index is not reused before those after it, so a stale
 * identifier is distinguished from one that never existed. Guarded by its owner.
 *
 * @param <T> the objects
 */
final class IpcIds<T> {
  /** The number of bits of an identifier that are the index (IPCMNI_SHIFT). */
  static final int PLACE_BITS = Integer.numberOfTrailingZeros(ShmLimits.IPCMNI);

  /** The most entries (IPCMNI). */
  static final int PLACES = ShmLimits.IPCMNI;

  /** The fewest indices to use before the first is reused, however few objects exist. */
  private static final int SHORTEST_CYCLE = 64;

  private static final int PLACE_MASK = PLACES - 1;
  private static final int SEQUENCES = Integer.MAX_VALUE >>> PLACE_BITS;

  private record Entry<T>(int id, T object) {}

  private final TreeMap<Integer, Entry<T>> entries = new TreeMap<>();
  private int next;
  private int last = -1;
  private int sequence;

  /**
   * Adds an object.
   *
   * @param limit the most objects
   * @param maker creates the object with an identifier
   * @throws ErrnoException ENOSPC if the limit is reached
   */
  T add(int limit, IntFunction<T> maker) throws ErrnoException {
    if (entries.size() >= limit) {
      throw ErrnoException.byRule(
          "SHM-01", Errno.ENOSPC, "shmget: all %d segments are in use".formatted(limit));
    }
    int place = freePlace();
    if (place <= last) {
      sequence = (sequence + 1) % SEQUENCES;
    }
    last = place;
    next = place + 1;
    int id = sequence << PLACE_BITS | place;
    T made = maker.apply(id);
    entries.put(place, new Entry<>(id, made));
    return made;
  }

  private int freePlace() {
    int places = Math.min(Math.max(entries.size() * 3 / 2, SHORTEST_CYCLE), PLACES);
    for (int place = next; place < places; place++) {
      if (!entries.containsKey(place)) {
        return place;
      }
    }
    int place = 0;
    while (entries.containsKey(place)) {
      place++;
    }
    return place;
  }

  /**
   * Returns an object.
   *
   * @throws ErrnoException EINVAL if its index is free, EIDRM if another object has it
   */
  T require(int id) throws ErrnoException {
    Entry<T> entry = id < 0 ? null : entries.get(id & PLACE_MASK);
    if (entry == null) {
      throw ErrnoException.byRule(
          "SHM-04", Errno.EINVAL, "shared memory %d: no such segment".formatted(id));
    }
    if (entry.id() != id) {
      throw ErrnoException.byRule(
          "SHM-04",
          Errno.EIDRM,
          "shared memory %d: was removed; segment %d now has its index".formatted(id, entry.id()));
    }
    return entry.object();
  }

  /**
   * Returns the object at an index.
   *
   * @throws ErrnoException EINVAL if there is none
   */
  T at(int place) throws ErrnoException {
    return Optional.ofNullable(entries.get(place))
        .map(Entry::object)
        .orElseThrow(() ->
            new ErrnoException(
                Errno.EINVAL, "shared memory: no segment at index %d".formatted(place)));
  }

  /** Removes an object; returns whether it existed. */
  boolean remove(int id) {
    Entry<T> entry = entries.get(id & PLACE_MASK);
    return entry != null && entry.id() == id && entries.remove(id & PLACE_MASK, entry);
  }

  /** Returns the objects by ascending index. */
  Collection<T> all() {
    return entries.values().stream().map(Entry::object).toList();
  }

  /** Returns their number. */
  int size() {
    return entries.size();
  }

  /** Returns the highest index in use, or empty. */
  OptionalInt highest() {
    return entries.isEmpty() ? OptionalInt.empty() : OptionalInt.of(entries.lastKey());
  }
}
