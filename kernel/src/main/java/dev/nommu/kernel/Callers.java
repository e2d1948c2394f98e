package dev.nommu.kernel;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The threads that are in calls of one task. Thread-safe. */
final class Callers {
  private final Place first = new Place();

  /** Notes that the calling thread is in a call until the result is closed. */
  Place enter() {
    Thread caller = Thread.currentThread();
    Place place = first;
    while (!place.compareAndSet(null, caller)) {
      place = place.next();
    }
    return place;
  }

  /** Returns the threads that are in calls at the moment; one in several calls several times. */
  List<Thread> threads() {
    List<Thread> threads = new ArrayList<>();
    for (Place place = first; place != null; place = place.next) {
      Thread caller = place.get();
      if (caller != null) {
        threads.add(caller);
      }
    }
    return threads;
  }

  /** Where a thread stands during a call; places are used again and never taken away. */
  static final class Place extends AtomicReference<@Nullable Thread> implements AutoCloseable {
    @Serial private static final long serialVersionUID = 1L;

    private transient volatile @Nullable Place next;

    private Place next() {
      Place known = next;
      return known == null ? append() : known;
    }

    private synchronized Place append() {
      Place known = next;
      if (known == null) {
        known = new Place();
        next = known;
      }
      return known;
    }

    @Override
    public void close() {
      setRelease(null);
    }
  }
}
