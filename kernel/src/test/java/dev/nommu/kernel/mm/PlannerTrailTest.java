package dev.nommu.kernel.mm;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.FileKind;
import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.FileFacts.Slot;
import dev.nommu.kernel.mmap.FileFacts.Trait;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.testing.HeardTrail;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The trail of the planner's decisions. */
final class PlannerTrailTest {
  private static final FileFacts MEMORY = file(Optional.of(BackingDeviceInfo.MEMORY));

  private static FileFacts file(Optional<BackingDeviceInfo> backing) {
    return new FileFacts(
        FileKind.REGULAR, EnumSet.allOf(Slot.class), AccessMode.READ_WRITE, backing, Set.of());
  }

  private static MmapArguments request(int protection, int flags) {
    return new MmapArguments(0, 4096, protection, flags, 0);
  }

  @Test
  void trail_hearsInOrderWhatEachRuleDid() {
    assertThat(heard(request(PROT_READ, MAP_SHARED), file(Optional.empty())))
        .startsWith("passed MMAP-05", "passed MMAP-06", "passed MMAP-07")
        .containsSubsequence("passed BDI-02", "BDI-03 leaves MAP_COPY", "passed MMAP-11")
        .endsWith("passed MMAP-15", "MMAP-17 refuses with ENODEV");
    assertThat(heard(request(PROT_WRITE, MAP_PRIVATE), MEMORY)).endsWith("SHARE-10 applied");
    assertThat(heard(request(PROT_READ, MAP_PRIVATE), MEMORY.with(Trait.TRACED)))
        .endsWith("FLAGS-08 applied");
    HeardTrail anonymous = new HeardTrail();
    Planner.planAnonymous(request(PROT_READ, MAP_SHARED), Profile.DOCUMENT, anonymous);
    assertThat(anonymous.heard()).hasSize(6).endsWith("passed MMAP-09", "MMAP-23 applied");
  }

  private static List<String> heard(MmapArguments request, FileFacts file) {
    HeardTrail trail = new HeardTrail();
    Planner.planFile(request, file, Profile.DOCUMENT, trail);
    return trail.heard();
  }
}
