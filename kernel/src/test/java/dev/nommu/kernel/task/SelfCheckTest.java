package dev.nommu.kernel.task;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.vfs.OpenFileDescription;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the machine finds when it recounts its books, and that it does not cry wolf. */
final class SelfCheckTest {
  @RegisterExtension final Machines machines = new Machines();
  private Machine machine;
  private TaskCalls init;

  @BeforeEach
  void boot() {
    machine =
        machines.boot(
            TestBoard.withMebibytes(8).files(Map.of("data", TaskCalls.pattern(PAGE))).build(),
            Profile.DOCUMENT);
    init = new TaskCalls(machine.init());
  }

  @Test
  void fileThatIsOpenInNoProcess_isFound() throws Exception {
    int descriptor = init.read("/host/data");
    OpenFileDescription file = init.task().life().belongings().files().require(descriptor).hold();
    init.task().close(descriptor);
    assertThat(machine.check())
        .singleElement()
        .asString()
        .contains("files of hostfs")
        .contains("1 are open, 0 of them in a process");
    file.release();
  }

  @Test
  void filesOpenForSeveralDescriptorsMappingsAndSegments_areAllInAProcess() throws Exception {
    int descriptor = init.read("/host/data");
    init.task().dup(descriptor);
    init.map(descriptor, PAGE, PROT_READ, MAP_PRIVATE);
    init.task().close(descriptor);
    init.other();
    init.task().unnamedFiles().pipe();
    int memory = init.task().unnamedFiles().memfdCreate("memory", 0);
    init.task().ftruncate(memory, PAGE);
    int attached = init.task().ipc().shmget(0, PAGE, 01600);
    init.task().ipc().shmat(attached, 0, 0);
    init.task().ipc().shmRemove(attached);
    init.task().ipc().shmget(0, PAGE, 01600);
    assertThat(machine.check()).isEmpty();
  }
}
