package dev.nommu.tck.trail;

import dev.nommu.api.Errno;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.mmap.Rule;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A trail summed up.
 *
 * @param outcome the outcome of the request
 * @param rule the deciding rule
 * @param decidedBy the name of the plugin's class if its answer decided, otherwise {@link #KERNEL}
 */
public record Decision(Outcome outcome, Rule rule, String decidedBy) {
  /** The value of {@link #decidedBy} if no plugin decided. */
  public static final String KERNEL = "kernel";

  /** The rules that turn the ENOSYS of a plugin into an error. */
  private static final Set<Rule> OF_DECLINED =
      EnumSet.of(Rule.DIR_04, Rule.DIR_05, Rule.DIR_06, Rule.SHARE_07);

  /**
   * Sums up.
   *
   * @param steps all steps of one answered request
   * @return empty if the last step decides nothing
   */
  public static Optional<Decision> of(List<TrailStep> steps) {
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    return switch (steps.getLast()) {
      case TrailStep.Granted(Rule rule, RegionKind kind, long start) ->
          Optional.of(new Decision(made(rule, kind), rule, asked(steps)));
      case TrailStep.Refused(Rule rule, Errno errno) ->
          Optional.of(
              new Decision(
                  new Outcome.Refused(errno),
                  rule,
                  OF_DECLINED.contains(rule) ? asked(steps) : KERNEL));
      case TrailStep.Answered(Rule rule, String plugin, var _, PluginAnswer.Failed failed) ->
          Optional.of(
              new Decision(new Outcome.Refused(failed.errno()), failing(rule, failed), plugin));
      case TrailStep.Answered _, TrailStep.Passed _, TrailStep.Applied _, TrailStep.Left _ ->
          Optional.empty();
    };
  }

  private static Outcome made(Rule rule, RegionKind kind) {
    if (rule == Rule.SHARE_02) {
      return Outcome.Made.SHARED;
    }
    return switch (kind) {
      case ANONYMOUS -> Outcome.Made.ZEROED;
      case COPY -> Outcome.Made.COPIED;
      case STORE -> Outcome.Made.DIRECT;
    };
  }

  /** The last method asked where or whether to map; reading for a copy decides nothing. */
  private static String asked(List<TrailStep> steps) {
    return steps.stream()
        .filter(TrailStep.Answered.class::isInstance)
        .map(TrailStep.Answered.class::cast)
        .filter(step -> !(step.answer() instanceof PluginAnswer.Read))
        .map(TrailStep.Answered::plugin)
        .reduce((earlier, later) -> later)
        .orElse(KERNEL);
  }

  /** Returns the rule that makes an error of a plugin the error of the call. */
  public static Rule failing(Rule askedBy, PluginAnswer.Failed failed) {
    if (failed.isFault()) {
      return Rule.PLUGIN_01;
    }
    return switch (askedBy) {
      case DIR_01 -> Rule.DIR_03;
      case BDI_02, MMAP_15 -> Rule.PLUGIN_01;
      default -> askedBy;
    };
  }
}
