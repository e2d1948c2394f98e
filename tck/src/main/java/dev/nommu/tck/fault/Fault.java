package dev.nommu.tck.fault;

import dev.nommu.tck.fault.FaultMenu.Dish;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A fault to inject. Immutable.
 *
 * @param what the kind of call it happens to
 * @param n the number of that call, from 1
 * @param how the effect
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
   * @param count the number of such calls, 0 or more
   */
  public static List<Fault> every(Operation what, int count, Effect how) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> new Fault(what, n, how)).toList();
  }

  /** Returns its kind of fault. */
  public Dish dish() {
    return new Dish(what, how);
  }

  /** Returns it as {@code allocation 3 fails with ENOMEM}. */
  @Override
  public String toString() {
    return "%s %d %s".formatted(what, n, how);
  }
}
