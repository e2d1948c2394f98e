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
 * Objects by identifier, as {@code struct ipc_ids}: an identifier is a place in a table and, above
 * it, the number of times the places have been gone through. A place is not used again before the
 * ones after it, so that a stale identifier is told from one that never was. Guarded by its owner.
 *
 * @param <T> the objects
 */
final class IpcIds<T> {
  /** The bits of an identifier that are the place (IPCMNI_SHIFT). */
  static final int PLACE_BITS = Integer.numberOfTrailingZeros(ShmLimits.IPCMNI);

  /** Places there can be at most (IPCMNI). */
  static final int PLACES = ShmLimits.IPCMNI;

  /** Places that are gone through before the first is used again, however few are in use. */
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
   * @param limit how many there can be at most
   * @param maker makes the object that has this identifier
   * @throws ErrnoException ENOSPC if there are as many already
   */
  T add(int limit, IntFunction<T> maker) throws ErrnoException {
    if (entries.size() >= limit) {
      throw ErrnoException.byRule(
          "SHM-01", Errno.ENOSPC, "shmget: all of %d segments are in use".formatted(limit));
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
   * @throws ErrnoException EINVAL if nothing has its place, EIDRM if something else has
   */
  T require(int id) throws ErrnoException {
    Entry<T> entry = id < 0 ? null : entries.get(id & PLACE_MASK);
    if (entry == null) {
      throw ErrnoException.byRule(
          "SHM-04", Errno.EINVAL, "shared memory %d: there is no such segment".formatted(id));
    }
    if (entry.id() != id) {
      throw ErrnoException.byRule(
          "SHM-04",
          Errno.EIDRM,
          "shared memory %d: it was removed, its place is now %d's".formatted(id, entry.id()));
    }
    return entry.object();
  }

  /**
   * Returns what is at a place.
   *
   * @throws ErrnoException EINVAL if nothing is
   */
  T at(int place) throws ErrnoException {
    return Optional.ofNullable(entries.get(place))
        .map(Entry::object)
        .orElseThrow(() ->
            new ErrnoException(
                Errno.EINVAL, "shared memory: nothing is at place %d".formatted(place)));
  }

  /** Takes an object away; returns whether it was there. */
  boolean remove(int id) {
    Entry<T> entry = entries.get(id & PLACE_MASK);
    return entry != null && entry.id() == id && entries.remove(id & PLACE_MASK, entry);
  }

  /** Returns the objects by ascending place. */
  Collection<T> all() {
    return entries.values().stream().map(Entry::object).toList();
  }

  /** Returns how many there are. */
  int size() {
    return entries.size();
  }

  /** Returns the highest place in use, or empty. */
  OptionalInt highest() {
    return entries.isEmpty() ? OptionalInt.empty() : OptionalInt.of(entries.lastKey());
  }
}
