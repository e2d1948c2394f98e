package dev.nommu.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.tck.session.Capsule;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fault that one session in a million meets is found, shrunk, and told once. By default the
 * thousand seeds around the one that meets it are run; {@code -Dnommu.campaign.seeds=1000000} runs
 * as many from the first.
 */
final class RareFaultTest {
  private static final long MEETING = 42_671;
  private static final Seeds AROUND = new Seeds(MEETING - 500, MEETING + 499);
  private static final int STEPS = 10;

  @TempDir private Path directory;

  /** Counts one byte too many of a write of one length at one place. */
  private static final class Miscounting extends Slate.Page {
    private static final long PLACE = 14_629;
    private static final long LENGTH = 45;

    @Override
    public long write(MemorySegment from, long position) {
      boolean isHit = position == PLACE && from.byteSize() == LENGTH;
      return isHit ? LENGTH + 1 : from.byteSize();
    }
  }

  private static Seeds seeds() {
    return Long.getLong("nommu.campaign.seeds") == null
        ? AROUND
        : new Seeds(1, Long.getLong("nommu.campaign.seeds"));
  }

  @Test
  void faultOfOneSessionInAMillion_isFound_shrunk_andToldOnce() throws Exception {
    Plan plan =
        new Plan(
            Capsule.VERSION,
            List.of(Slate.TYPE),
            "",
            "",
            List.of(Work.SESSIONS),
            List.of(Profile.DOCUMENT),
            seeds(),
            STEPS);
    try (CampaignFolder folder = CampaignFolder.create(directory.resolve("campaign"), plan)) {
      CampaignReport report =
          new Campaign(folder, List.of(Slate.tested(Miscounting::new)))
              .run(Conditions.allProcessors(), so -> {});
      assertThat(report.harvest().seeds()).isEqualTo(seeds().count());
      assertThat(report.harvest().sightings()).hasSize(1);
      Sighting sighting = report.harvest().sightings().values().iterator().next();
      assertThat(sighting.count()).isEqualTo(1);
      assertThat(sighting.firstSeed()).isEqualTo(MEETING);
      KeptFinding kept = report.kept().values().iterator().next();
      assertThat(kept.steps()).isLessThanOrEqualTo(2);
    }
  }
}
