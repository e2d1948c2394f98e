package dev.nommu.kernel.mm;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Regions, as seen only by the mapping rules. */
final class RegionTest {
  @RegisterExtension final Machines machines = new Machines();

  @Test
  void trunc07_regionWithNothingLeftInTheFile_isNotUsedAgain() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.LINUX_6_12).init());
    int file = p.gathered("/tmp/memory", 2 * PAGE);
    p.map(file, PAGE, PROT_READ, MAP_PRIVATE, PAGE);
    Region region = p.space().mappings().getFirst().region();
    assertThat(region.isReusable()).isTrue();
    p.task().ftruncate(file, PAGE);
    assertThat(region.isReusable()).isFalse();
  }
}
