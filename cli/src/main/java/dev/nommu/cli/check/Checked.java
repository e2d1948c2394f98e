package dev.nommu.cli.check;

import dev.nommu.tck.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The results of one plugin's class.
 *
 * @param type the class
 * @param results of each rule, in the order tested
 * @param notes further remarks
 * @param failure why testing was incomplete; empty if it was complete
 * @param took the duration
 */
record Checked(
    String type,
    List<Result> results,
    List<String> notes,
    Optional<String> failure,
    Duration took) {
  /** Takes immutable copies. */
  Checked {
    results = List.copyOf(results);
    notes = List.copyOf(notes);
  }

  /**
   * The result of one rule.
   *
   * @param about the part of the plugin tested, such as {@code "/dev/sensor, document"}
   * @param rule the number of the rule
   * @param name number and sentence
   * @param verdict the outcome
   * @param text for a broken rule, in several lines
   */
  record Result(String about, String rule, String name, Verdict verdict, String text) {
    boolean isBroken() {
      return verdict instanceof Verdict.Broken;
    }
  }

  /** Returns whether every rule that applies is kept. */
  boolean isSound() {
    return failure.isEmpty() && results.stream().noneMatch(Result::isBroken);
  }

  /** Returns the numbers of rules kept, skipped and broken. */
  String counts() {
    long skipped =
        results.stream().filter(each -> each.verdict() instanceof Verdict.Skipped).count();
    long broken = results.stream().filter(Result::isBroken).count();
    return "%d kept, %d skipped, %d broken"
        .formatted(results.size() - skipped - broken, skipped, broken);
  }

  /**
   * Returns the rules whose tests were skipped, by reason, with the number of tests if it is not
   * one: {@code DIR-03 (4)}.
   */
  Map<String, List<String>> skipped() {
    Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
    for (Result result : results) {
      if (result.verdict() instanceof Verdict.Skipped(String reason)) {
        counts
            .computeIfAbsent(reason, first -> new LinkedHashMap<>())
            .merge(result.rule(), 1, Integer::sum);
      }
    }
    Map<String, List<String>> skipped = new LinkedHashMap<>();
    counts.forEach((reason, rules) ->
        skipped.put(reason, rules.entrySet().stream().map(Checked::counted).toList()));
    return skipped;
  }

  private static String counted(Map.Entry<String, Integer> rule) {
    return rule.getValue() == 1
        ? rule.getKey()
        : "%s (%d)".formatted(rule.getKey(), rule.getValue());
  }

  /** Returns the numbers of the rules that are broken. */
  String broken() {
    return results.stream()
        .filter(Result::isBroken)
        .map(Result::rule)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
