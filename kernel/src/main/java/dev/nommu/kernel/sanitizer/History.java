package dev.nommu.kernel.sanitizer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

/** The latest events of one kind on a machine. Thread-safe. */
final class History<T> {
  /** The number of events remembered. */
  static final int MOST = 4096;

  @GuardedBy("this")
  private final Deque<T> events = new ArrayDeque<>();

  /** Adds an event, and drops the oldest if there are too many. */
  synchronized void add(T event) {
    if (events.size() == MOST) {
      events.removeFirst();
    }
    events.addLast(event);
  }

  /** Returns the latest event that matches, or empty. */
  synchronized Optional<T> last(Predicate<T> which) {
    Iterator<T> backwards = events.descendingIterator();
    while (backwards.hasNext()) {
      T event = backwards.next();
      if (which.test(event)) {
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }
}
