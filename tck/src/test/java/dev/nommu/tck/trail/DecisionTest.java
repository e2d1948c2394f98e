package dev.nommu.tck.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Placement;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.mmap.Rule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Decisions that the plugins of this project never lead to, and those that no rule tells. */
final class DecisionTest {
  private static final String DRIVER = "acme.Driver";

  private static TrailStep asked(Rule rule, Object answer) {
    return new TrailStep.Answered(rule, DRIVER, "operation", PluginAnswer.of(answer));
  }

  private static Decision decision(TrailStep... steps) {
    return Decision.of(List.of(steps)).orElseThrow();
  }

  @Test
  void plugin01_driverThatThrows_isAtFaultAndDoesNotMerelyRefuse() {
    ErrnoException fault =
        ErrnoException.byRule("PLUGIN-01", Errno.EIO, "plugin X: getUnmappedArea threw Y");
    assertThat(decision(asked(Rule.DIR_01, fault)))
        .isEqualTo(new Decision(new Outcome.Refused(Errno.EIO), Rule.PLUGIN_01, DRIVER));
  }

  @Test
  void dir03_refusalThatSpeaksOfAFault_isTheDriversDecision() {
    ErrnoException refusal = new ErrnoException(Errno.EIO, "as after a fault [PLUGIN-01]");
    assertThat(decision(asked(Rule.DIR_01, refusal)))
        .isEqualTo(new Decision(new Outcome.Refused(Errno.EIO), Rule.DIR_03, DRIVER));
  }

  @Test
  void dir03_errorOfGetUnmappedArea_isTheDriversDecision() {
    ErrnoException busy = new ErrnoException(Errno.EBUSY, "in use");
    assertThat(decision(asked(Rule.DIR_01, busy)))
        .isEqualTo(new Decision(new Outcome.Refused(Errno.EBUSY), Rule.DIR_03, DRIVER));
  }

  @Test
  void dir04_declinedSharedMapping_isTheDriversDecision() {
    assertThat(
            decision(
                asked(Rule.DIR_01, Placement.DECLINED),
                new TrailStep.Refused(Rule.DIR_04, Errno.ENODEV)))
        .isEqualTo(new Decision(new Outcome.Refused(Errno.ENODEV), Rule.DIR_04, DRIVER));
  }

  @Test
  void dir06_declinedPrivateMapping_isACopyByTheDriversDecision() {
    assertThat(
            decision(
                asked(Rule.DIR_01, Placement.at(4096)),
                asked(Rule.DIR_06, Consent.DECLINED),
                new TrailStep.Applied(Rule.DIR_06),
                asked(Rule.COPY_03, 4096L),
                new TrailStep.Granted(Rule.COPY_01, RegionKind.COPY, 0)))
        .isEqualTo(new Decision(Outcome.Made.COPIED, Rule.COPY_01, DRIVER));
  }

  @Test
  void copy02_noMemoryForTheCopy_isTheKernelsDecision() {
    assertThat(
            decision(
                asked(Rule.DIR_01, Placement.DECLINED),
                new TrailStep.Applied(Rule.DIR_04),
                new TrailStep.Refused(Rule.COPY_02, Errno.ENOMEM)))
        .isEqualTo(new Decision(new Outcome.Refused(Errno.ENOMEM), Rule.COPY_02, Decision.KERNEL));
  }

  @Test
  void plugin01_placeThatIsNotThePlugins_isTheKernelsDecision() {
    assertThat(
            decision(
                asked(Rule.DIR_01, Placement.at(0)),
                new TrailStep.Refused(Rule.PLUGIN_01, Errno.EIO)))
        .isEqualTo(new Decision(new Outcome.Refused(Errno.EIO), Rule.PLUGIN_01, Decision.KERNEL));
  }

  @Test
  void copy03_errorOfRead_isTheDriversDecision() {
    ErrnoException broken = new ErrnoException(Errno.EIO, "bad sector");
    assertThat(decision(new TrailStep.Applied(Rule.TRIM_02), asked(Rule.COPY_03, broken)))
        .isEqualTo(new Decision(new Outcome.Refused(Errno.EIO), Rule.COPY_03, DRIVER));
  }

  @Test
  void share02_mappedAgain_isShared() {
    assertThat(decision(new TrailStep.Granted(Rule.SHARE_02, RegionKind.COPY, 0)))
        .isEqualTo(new Decision(Outcome.Made.SHARED, Rule.SHARE_02, Decision.KERNEL));
  }

  @Test
  void trailWithoutAnEnd_decidesNothing() {
    Stream<List<TrailStep>> unfinished =
        Stream.of(
            List.of(),
            List.of(new TrailStep.Passed(Rule.MMAP_05)),
            List.of(asked(Rule.DIR_01, Placement.at(0))));
    assertThat(unfinished).allSatisfy(steps -> assertThat(Decision.of(steps)).isEmpty());
  }
}
