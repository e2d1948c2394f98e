package dev.nommu.kernel.sanitizer;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is found where nothing is wrong. */
final class CleanRunTest {
  private static final int READ_WRITE = PROT_READ | PROT_WRITE;

  @RegisterExtension final Machines machines = new Machines();

  @ParameterizedTest
  @EnumSource(Profile.class)
  void processesThatUseWhatTheyHave_andLeaveTheRestToExit_haveNoFinding(Profile profile)
      throws Exception {
    Findings findings = new Findings(machines);
    try (Machine machine = findings.boot(profile, new FakeDevice())) {
      TaskCalls p = new TaskCalls(machine.init());
      TaskCalls other = p.other();
      int file = p.gathered("/tmp/file", 4 * PAGE);
      p.store(p.map(file, 4 * PAGE, READ_WRITE, MAP_SHARED), TaskCalls.pattern(4 * PAGE));
      other.bytes(other.map(other.read("/tmp/file"), PAGE, PROT_READ, MAP_PRIVATE), PAGE);
      p.task().close(file);
      long heap = p.anonymous(4 * PAGE);
      p.store(heap, TaskCalls.pattern(4 * PAGE));
      p.task().munmap(heap + 2 * PAGE, 2 * PAGE);
      p.bytes(heap, 2 * PAGE);
      long fake = other.map(other.write("/dev/fake"), PAGE, READ_WRITE, MAP_SHARED);
      other.store(fake, TaskCalls.pattern(PAGE));
      p.task().tree().unlink("/tmp/file");
      assertThat(p.text("/proc/self/maps")).contains("/tmp/file (deleted)");
      other.task().exit();
    }
    assertThat(findings.all()).isEmpty();
  }
}
