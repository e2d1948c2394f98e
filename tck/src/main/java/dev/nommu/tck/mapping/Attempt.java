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
  /** Returns the request, as {@code mmap(PROT_READ, MAP_SHARED, 4096 bytes at 0)}. */
  String asked();

  /** Returns all recorded steps of the decision. */
  List<TrailStep> steps();

  /**
   * A mapping was made.
   *
   * @param address its start
   */
  record Mapped(String asked, List<TrailStep> steps, long address) implements Attempt {}

  /**
   * It was refused.
   *
   * @param failure the error
   */
  record Refused(String asked, List<TrailStep> steps, ErrnoException failure) implements Attempt {}

  /** Returns the decision, if the request got that far. */
  default Optional<Decision> decision() {
    return Decision.of(steps());
  }

  /** Returns whether it was mapped on the file's own store. */
  default boolean isDirect() {
    return decision().filter(each -> each.outcome() == Outcome.Made.DIRECT).isPresent();
  }

  /** Returns whether one of these rules refused it or caused a copy. */
  default boolean isRefusedBy(Rule... rules) {
    return this instanceof Refused
        && decision().filter(each -> List.of(rules).contains(each.rule())).isPresent();
  }

  /** Returns the step at which a rule asked the plugin, if any. */
  default Optional<TrailStep.Answered> answered(Rule rule) {
    return steps().stream()
        .filter(TrailStep.Answered.class::isInstance)
        .map(TrailStep.Answered.class::cast)
        .filter(step -> step.rule() == rule)
        .findFirst();
  }

  /** Returns whether the plugin returned a placement. */
  default boolean isPlaced() {
    return answered(Rule.DIR_01).map(TrailStep.Answered::answer).orElse(null)
        instanceof PluginAnswer.Placed;
  }

  /** Returns the request, the plugins' answers, and the outcome. */
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
