package dev.nommu.kernel.sanitizer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

/** The last things of a kind that happened on a machine. Thread-safe. */
final class History<T> {
  /** How many are remembered. */
  static final int MOST = 4096;

  @GuardedBy("this")
  private final Deque<T> events = new ArrayDeque<>();

  /** Remembers what has happened, and forgets what happened long ago. */
  synchronized void add(T event) {
    if (events.size() == MOST) {
      events.removeFirst();
    }
    events.addLast(event);
  }

  /** Returns the last that is like this, or empty. */
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
