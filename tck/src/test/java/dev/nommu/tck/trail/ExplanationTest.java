package dev.nommu.tck.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapCapability;
import dev.nommu.api.Placement;
import dev.nommu.kernel.mmap.Capabilities;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.tck.trail.Remark.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ExplanationTest {
  private static List<Remark> told(RecordedTrail trail) {
    return Explanation.of(trail.steps(), Long::toHexString);
  }

  private static Remark remark(Label label, String text, Rule rule) {
    return new Remark(label, text, Optional.of(rule));
  }

  /** Stands for a plugin. */
  private static final class Driver {
    static final String NAME = Driver.class.getName();
  }

  @Test
  void passedRules_areTakenTogether() {
    RecordedTrail trail = new RecordedTrail();
    trail.passed(Rule.MMAP_05);
    trail.passed(Rule.MMAP_06);
    assertThat(told(trail))
        .containsExactly(new Remark(Label.PASSED, "MMAP-05 MMAP-06", Optional.empty()));
  }

  @Test
  void declined_leadsToACopyAndARemedy() {
    RecordedTrail trail = new RecordedTrail();
    trail.answered(Rule.DIR_01, new Driver(), Placement.at(0x4000));
    trail.answered(Rule.DIR_06, new Driver(), Consent.DECLINED);
    trail.applied(Rule.DIR_06);
    trail.answered(Rule.COPY_03, new Driver(), 100L);
    assertThat(told(trail))
        .containsExactly(
            remark(Label.ASKED, Driver.NAME + ".getUnmappedArea: at 4000", Rule.DIR_01),
            remark(Label.ASKED, Driver.NAME + ".mmap: declined (ENOSYS)", Rule.DIR_06),
            remark(Label.APPLIED, "a copy is made", Rule.DIR_06),
            remark(Label.ASKED, Driver.NAME + ".read: 100 bytes", Rule.COPY_03));
  }

  @Test
  void errorOfADriver_isTheRefusal() {
    RecordedTrail trail = new RecordedTrail();
    trail.answered(Rule.DIR_01, new Driver(), new ErrnoException(Errno.EBUSY, "in use"));
    assertThat(told(trail))
        .containsExactly(
            remark(Label.ASKED, Driver.NAME + ".getUnmappedArea: EBUSY, in use", Rule.DIR_01),
            remark(Label.REFUSED, "EBUSY (Device or resource busy)", Rule.DIR_03),
            new Remark(Label.INSTEAD, Rule.DIR_03.remedy(), Optional.empty()));
  }

  @Test
  void copyAfterADecline_saysWhatWouldHaveToBeDifferent() {
    List<TrailStep> steps =
        List.of(
            new TrailStep.Applied(Rule.DIR_04),
            new TrailStep.Granted(Rule.COPY_01, RegionKind.COPY, 0x1000));
    assertThat(Explanation.of(steps, Long::toHexString))
        .containsExactly(
            remark(Label.APPLIED, "a copy is made", Rule.DIR_04),
            remark(Label.MAPPED, "a new copy, from 1000 on", Rule.COPY_01),
            new Remark(
                Label.INSTEAD,
                "to map it in place, the driver would have to return an address",
                Optional.empty()));
  }

  private static Capabilities capabilities(MapCapability... of) {
    return Capabilities.of(BackingDeviceInfo.of(Set.of(of), BackingDeviceInfo.Backing.DEVICE));
  }

  private static String instead(TrailStep... steps) {
    return Explanation.of(List.of(steps), Long::toHexString).getLast().text();
  }

  @Test
  void copy05_sharing_isAdvisedWhereItHasAChance() {
    TrailStep refused = new TrailStep.Refused(Rule.COPY_05, Errno.EINVAL);
    TrailStep direct =
        new TrailStep.Left(
            Rule.BDI_02, capabilities(MapCapability.MAP_DIRECT, MapCapability.MAP_COPY));
    assertThat(instead(direct, refused)).isEqualTo(Rule.COPY_05.remedy());
    assertThat(instead(direct, new TrailStep.Applied(Rule.DIR_04), refused))
        .isEqualTo("use the document profile");
    TrailStep dropped = new TrailStep.Left(Rule.MMAP_12, capabilities(MapCapability.MAP_COPY));
    assertThat(instead(direct, dropped, refused)).isEqualTo("use the document profile");
  }

  @Test
  void dir04_permissionToCopy_isNotAskedForWhereItIsThere() {
    TrailStep refused = new TrailStep.Refused(Rule.DIR_04, Errno.ENODEV);
    TrailStep direct = new TrailStep.Left(Rule.BDI_02, capabilities(MapCapability.MAP_DIRECT));
    TrailStep both =
        new TrailStep.Left(
            Rule.BDI_02, capabilities(MapCapability.MAP_DIRECT, MapCapability.MAP_COPY));
    assertThat(instead(direct, refused)).isEqualTo(Rule.DIR_04.remedy());
    assertThat(instead(both, refused))
        .isEqualTo("the driver would have to return an address; map it MAP_PRIVATE for a copy");
  }

  @Test
  void mmap19_sharing_isNotAdvisedWhereNothingIsDirect() {
    TrailStep refused = new TrailStep.Refused(Rule.MMAP_19, Errno.ENODEV);
    TrailStep direct = new TrailStep.Left(Rule.BDI_02, capabilities(MapCapability.MAP_DIRECT));
    TrailStep nothing = new TrailStep.Left(Rule.MMAP_12, capabilities());
    assertThat(instead(direct, refused)).isEqualTo(Rule.MMAP_19.remedy());
    assertThat(instead(direct, nothing, refused))
        .isEqualTo("the file would have to be readable and its backing device to permit MAP_COPY");
  }

  /** GitHub makes the anchor of a heading from its text in lower case. */
  @ParameterizedTest
  @EnumSource
  void reference_leadsToAHeadingInTheBookOfRules(Rule rule) throws IOException {
    String[] reference = Remark.reference(rule).split("#", -1);
    assertThat(Files.readAllLines(Path.of("..", reference[0])))
        .anySatisfy(line -> assertThat(line).isEqualToIgnoringCase("### " + reference[1]));
  }
}
