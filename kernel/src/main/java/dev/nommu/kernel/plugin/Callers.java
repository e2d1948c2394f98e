package dev.nommu.kernel.plugin;

import java.io.Serial;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The threads that are in calls of one task, or in windows of devices. Noting a call costs no
 * atomic operation: each thread has a place of its own from its first call on. Thread-safe.
 */
public final class Callers {
  private volatile Place[] places = {};

  /** Creates the callers of something that nobody calls yet. */
  public Callers() {}

  /** A call that is noted until it is closed, by the thread that makes it. */
  public interface Call extends AutoCloseable {
    @Override
    void close();
  }

  /** Notes that the calling thread is in a call. */
  public Call enter() {
    return place().enter();
  }

  /** Returns where the calling thread, and no other, notes its calls from its first one on. */
  public Place place() {
    Thread caller = Thread.currentThread();
    for (Place place : places) {
      if (place.thread.equals(caller)) {
        return place;
      }
    }
    return placeFor(caller);
  }

  /** Makes a place; those of threads that have ended go. */
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

  /** Counts the calls, one within the other, of one thread, which alone changes it. */
  public static final class Place extends AtomicInteger implements Call {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Thread thread;

    private Place(Thread thread) {
      this.thread = thread;
    }

    /** Notes that the thread is in one more call. */
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
