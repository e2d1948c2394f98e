package dev.nommu.kernel.plugin;

import java.io.Serial;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The threads that are in calls of one task, or in windows of devices. Recording a call costs no
 * atomic operation: each thread gets a place with its first call. Thread-safe.
 */
public final class Callers {
  private volatile Place[] places = {};

  /** Creates an empty set of callers. */
  public Callers() {}

  /** A call that is recorded until the calling thread closes it. */
  public interface Call extends AutoCloseable {
    @Override
    void close();
  }

  /** Records that the calling thread is in a call. */
  public Call enter() {
    return place().enter();
  }

  /** Returns the place where the calling thread, and no other, records its calls. */
  public Place place() {
    Thread caller = Thread.currentThread();
    for (Place place : places) {
      if (place.thread.equals(caller)) {
        return place;
      }
    }
    return placeFor(caller);
  }

  /** Creates a place, and drops those of threads that have ended. */
  private synchronized Place placeFor(Thread caller) {
    Place made = new Place(caller);
    Stream<Place> others = Stream.of(places).filter(place -> place.thread.isAlive());
    places = Stream.concat(others, Stream.of(made)).toArray(Place[]::new);
    return made;
  }

  /** Returns the threads that are in calls at the moment. */
  public List<Thread> threads() {
    return Stream.of(places)
        .filter(place -> place.getAcquire() > 0)
        .map(place -> place.thread)
        .toList();
  }

  /** Counts the nested calls of one thread, which alone changes it. */
  public static final class Place extends AtomicInteger implements Call {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Thread thread;

    private Place(Thread thread) {
      this.thread = thread;
    }

    /** Records that the thread is in one more call. */
    public Call enter() {
      setRelease(getPlain() + 1);
      return this;
    }

    @Override
    public void close() {
      setRelease(getPlain() - 1);
    }
  }
}
