package dev.nommu.cli.vectors;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * One thing in which situations differ.
 *
 * @param values all that it can be
 * @param change returns a situation in which it is one of them
 */
record Axis<T>(List<T> values, BiFunction<Situation, T, Situation> change) {
  /** Returns a situation with each value in turn. */
  Stream<Situation> along(Situation from) {
    return values.stream().map(value -> change.apply(from, value));
  }

  /** Returns a situation with every combination of the values of some axes. */
  static Stream<Situation> all(Situation from, List<Axis<?>> axes) {
    return axes.isEmpty()
        ? Stream.of(from)
        : axes.getFirst().along(from).flatMap(each -> all(each, axes.subList(1, axes.size())));
  }
}
