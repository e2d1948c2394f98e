package dev.nommu.kernel.mm;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_FIXED;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.FileKind;
import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.FileFacts.Slot;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.Trail;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plans cached for a file: equal to newly made ones. */
final class FilePlansTest {
  private static final FileFacts FILE = facts(AccessMode.READ_WRITE);
  private static final List<Long> LENGTHS =
      List.of(0L, 1L, 4096L, 1L << 49, 1L << 50, Long.MAX_VALUE, Long.MIN_VALUE, -4096L, -1L);
  private static final List<Long> OFFSETS =
      List.of(0L, 1L, (1L << 50) - 1, 1L << 50, Long.MAX_VALUE, -1L << 38, -1L);

  private static FileFacts facts(AccessMode mode) {
    return new FileFacts(
        FileKind.REGULAR,
        EnumSet.allOf(Slot.class),
        mode,
        Optional.of(BackingDeviceInfo.MEMORY),
        Set.of());
  }

  private static List<MmapArguments> requests() {
    List<MmapArguments> requests = new ArrayList<>();
    for (long address : List.of(0L, 4096L)) {
      for (long length : LENGTHS) {
        for (long offset : OFFSETS) {
          for (int flags = 0; flags < 2 * MAP_FIXED; flags++) {
            for (int protection = 0; protection < 8; protection++) {
              requests.add(new MmapArguments(address, length, protection, flags, offset));
            }
          }
        }
      }
    }
    return requests;
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void mmap05to09_whateverTheArguments_theRememberedPlanIsTheOneMadeAfresh(Profile profile) {
    FilePlans plans = new FilePlans();
    for (MmapArguments request : requests()) {
      assertThat(plans.plan(request, FILE, profile))
          .as(request.toString())
          .isEqualTo(Planned.of(request, FILE, profile, Trail.NONE));
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void mmap05to09_whateverTheArguments_anAnonymousPlanIsTheSameIfSomebodyListens(Profile profile) {
    for (MmapArguments request : requests()) {
      assertThat(Planner.planAnonymous(request, profile, Trail.NONE))
          .as(request.toString())
          .isEqualTo(Planner.planAnonymous(request, profile, new Trail() {}));
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void mmap14_fileThatIsOpenForSomethingElse_isPlannedAnew(Profile profile) {
    FilePlans plans = new FilePlans();
    MmapArguments writing = new MmapArguments(0, 4096, 3, MAP_SHARED, 0);
    assertThat(plans.plan(writing, FILE, profile).plan()).isInstanceOf(Plan.InPlace.class);
    assertThat(plans.plan(writing, facts(AccessMode.READ), profile).plan())
        .isInstanceOf(Plan.Refused.class);
    MmapArguments reading = new MmapArguments(0, 4096, 1, MAP_PRIVATE, 0);
    assertThat(plans.plan(reading, facts(AccessMode.READ), profile).plan())
        .isInstanceOf(Plan.InPlace.class);
  }

  @Test
  void plainRequest_isPlannedOnce() {
    FilePlans plans = new FilePlans();
    MmapArguments reading = new MmapArguments(0, 4096, 1, MAP_SHARED, 0);
    MmapArguments elsewhere = new MmapArguments(0, 8192, 1, MAP_SHARED, 1);
    assertThat(plans.plan(elsewhere, FILE, Profile.DOCUMENT))
        .isSameAs(plans.plan(reading, FILE, Profile.DOCUMENT));
  }
}
