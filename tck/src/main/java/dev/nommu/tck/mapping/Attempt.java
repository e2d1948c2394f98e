package dev.nommu.tck.mapping;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.tck.trail.Decision;
import dev.nommu.tck.trail.Outcome;
import dev.nommu.tck.trail.PluginAnswer;
import dev.nommu.tck.trail.TrailStep;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The outcome of one call of mmap. */
public sealed interface Attempt {
  /** Returns what was asked for, as {@code mmap(PROT_READ, MAP_SHARED, 4096 bytes at 0)}. */
  String asked();

  /** Returns all that was heard of the decision. */
  List<TrailStep> steps();

  /**
   * A mapping was made.
   *
   * @param address where it begins
   */
  record Mapped(String asked, List<TrailStep> steps, long address) implements Attempt {}

  /**
   * It was refused.
   *
   * @param failure with what
   */
  record Refused(String asked, List<TrailStep> steps, ErrnoException failure) implements Attempt {}

  /** Returns the decision, if the request came so far. */
  default Optional<Decision> decision() {
    return Decision.of(steps());
  }

  /** Returns whether it was mapped on the file's own store. */
  default boolean isDirect() {
    return decision().filter(each -> each.outcome() == Outcome.Made.DIRECT).isPresent();
  }

  /** Returns whether it was refused, or a copy made, by one of these rules. */
  default boolean isRefusedBy(Rule... rules) {
    return this instanceof Refused
        && decision().filter(each -> List.of(rules).contains(each.rule())).isPresent();
  }

  /** Returns the step at which the plugin was asked by a rule, if it was. */
  default Optional<TrailStep.Answered> answered(Rule rule) {
    return steps().stream()
        .filter(TrailStep.Answered.class::isInstance)
        .map(TrailStep.Answered.class::cast)
        .filter(step -> step.rule() == rule)
        .findFirst();
  }

  /** Returns whether the plugin said that the mapping would lie somewhere. */
  default boolean isPlaced() {
    return answered(Rule.DIR_01).map(TrailStep.Answered::answer).orElse(null)
        instanceof PluginAnswer.Placed;
  }

  /** Returns what was asked, what plugins answered, and what came of it. */
  default String told() {
    String answers =
        steps().stream()
            .filter(TrailStep.Answered.class::isInstance)
            .map(TrailStep.Answered.class::cast)
            .map(step -> "%s.%s: %s".formatted(step.plugin(), step.operation(), step.answer()))
            .collect(Collectors.joining("; "));
    String came =
        switch (this) {
          case Mapped mapped -> "0x%x".formatted(mapped.address());
          case Refused refused -> refused.failure().getMessage();
        };
    return asked() + (answers.isEmpty() ? "" : ": " + answers) + ": " + came;
  }
}
