package dev.nommu.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.task.Task;
import org.junit.jupiter.api.Test;

/** A test gets a machine of its own, with the board and the profile that it asks for. */
@Board(
    """
    /dts-v1/;
    / {
      #address-cells = <1>; #size-cells = <1>;
      memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
    };
    """)
@Profiles
final class MachineExtensionTest {
  @Test
  void parameters_areOfOneMachine(Machine machine, Task task, KernelLog log) {
    assertThat(machine.init().pid()).isEqualTo(task.pid());
    assertThat(machine.log()).isSameAs(log);
  }

  @Test
  void profile_isThatOfTheRun(Machine machine, Profile profile) {
    assertThat(machine.profile()).isEqualTo(profile);
  }

  @Test
  void tests_shareNoMachine(Task task) throws Exception {
    task.open("/x", OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL, 0600);
  }

  @Test
  void tests_shareNoMachineAgain(Task task) throws Exception {
    task.open("/x", OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL, 0600);
  }
}
