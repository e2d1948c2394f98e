package dev.nommu.tck.fault;

import dev.nommu.tck.fault.FaultMenu.Dish;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Something that goes wrong. Immutable.
 *
 * @param what the kind of call it happens to
 * @param n to which of them, from 1
 * @param how it goes wrong
 */
public record Fault(Operation what, int n, Effect how) {
  /** Checks the number. */
  public Fault {
    if (n < 1) {
      throw new IllegalArgumentException("fault: expected n to be 1 or more, found " + n);
    }
  }

  /**
   * Returns a fault for every n in turn.
   *
   * @param count how many such calls there are, 0 or more
   */
  public static List<Fault> every(Operation what, int count, Effect how) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> new Fault(what, n, how)).toList();
  }

  /** Returns the kind of fault that it is one of. */
  public Dish dish() {
    return new Dish(what, how);
  }

  /** Returns it as {@code allocation 3 fails with ENOMEM}. */
  @Override
  public String toString() {
    return "%s %d %s".formatted(what, n, how);
  }
}
