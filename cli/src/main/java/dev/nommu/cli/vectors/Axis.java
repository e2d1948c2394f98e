package dev.nommu.cli.vectors;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * One dimension in which situations differ.
 *
 * @param values all its values
 * @param change returns a situation with one of the values
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
