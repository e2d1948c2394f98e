package dev.nommu.tck.trail;

import dev.nommu.api.MapCapability;
import dev.nommu.kernel.mmap.Capabilities;
import dev.nommu.kernel.mmap.Rule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The change that would lead to another outcome, if this file permits one.
 *
 * @param steps all steps of the request
 */
record Remedies(List<TrailStep> steps) {
  /** The rules about a file that apply before the kind of mapping matters. */
  private static final Set<Rule> OF_FILE = EnumSet.of(Rule.BDI_02, Rule.BDI_03, Rule.MMAP_12);

  private static final Set<Rule> DECLINED = EnumSet.of(Rule.DIR_04, Rule.DIR_06);

  /** Returns the change needed for a request that a rule refused. */
  String whenRefused(Rule rule) {
    return switch (rule) {
      case COPY_05 -> mayBeShared() ? rule.remedy() : "use the document profile";
      case MMAP_19 ->
          permits(MapCapability.MAP_DIRECT)
              ? rule.remedy()
              : "the file would have to be readable and its backing device to permit MAP_COPY";
      case DIR_04 ->
          permits(MapCapability.MAP_COPY)
              ? "the driver would have to return an address; map it MAP_PRIVATE for a copy"
              : rule.remedy();
      default -> rule.remedy();
    };
  }

  /** Returns the change needed for a mapping in place instead of a copy. */
  String toMapInPlace(Rule against) {
    return against == Rule.DIR_04 ? "the driver would have to return an address" : against.remedy();
  }

  /** Returns whether MAP_SHARED could succeed: no plugin declined to map it in place. */
  private boolean mayBeShared() {
    return permits(MapCapability.MAP_DIRECT) && steps.stream().noneMatch(Remedies::isDecline);
  }

  private static boolean isDecline(TrailStep step) {
    return step instanceof TrailStep.Applied(Rule rule) && DECLINED.contains(rule);
  }

  private boolean permits(MapCapability capability) {
    return steps.stream()
        .filter(TrailStep.Left.class::isInstance)
        .map(TrailStep.Left.class::cast)
        .filter(step -> OF_FILE.contains(step.rule()))
        .map(TrailStep.Left::left)
        .reduce(Capabilities.NONE, (earlier, later) -> later)
        .has(capability);
  }
}
