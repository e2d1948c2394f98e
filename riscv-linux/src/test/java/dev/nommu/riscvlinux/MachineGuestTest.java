package dev.nommu.riscvlinux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A program that queries the machine it runs on, and the relations of processes and threads. */
@Timeout(60)
final class MachineGuestTest {
  @RegisterExtension final GuestMachine machine = new GuestMachine();

  @Test
  void machine_tellsWhatItIs() throws Exception {
    GuestMachine.Run run = machine.run("machine");
    assertThat(run.output())
        .isEqualTo(
            """
            getrandom = 12
            something = 1
            no more = 0
            flags = -22
            sysinfo = 0
            memory = 1
            processes = 2
            unit = 1
            sched_getaffinity = 8
            mask = 1
            too small = -22
            times = 0
            getrusage = 0
            of whom = -22
            files = 1024
            the same = 0
            fewer = -1
            no limit = -22
            setsid = 1
            group = 1
            session = 1
            again = -1
            a group of its own = 1
            killed by = 15
            owner died = 1
            size = -22
            no list = 0
            of = 24
            the first thread ends
            the process is there = 0
            its number = 1
            """);
    assertThat(run.status()).as("of the first thread").isEqualTo(new WaitStatus.Exited(6));
  }

  /** In the order of {@code create_elf_fdpic_tables}; the letters are those of IMAFDC. */
  @Test
  void auxiliaryVector_beginsWithWhatTheProcessorKnows() throws Exception {
    assertThat(machine.run("auxv").output())
        .isEqualTo(
            """
            type = 16
            A
            C
            D
            F
            I
            M
            type = 6
            type = 17
            type = 3
            type = 4
            type = 5
            type = 7
            type = 8
            type = 9
            type = 11
            type = 12
            type = 13
            type = 14
            type = 23
            type = 31
            type = 0
            """);
  }

  @Test
  void reboot_endsEveryProcess() throws Exception {
    Task off = machine.start("machine", List.of("/bin/machine", "off"), List.of());
    off.join();
    while (!machine.machine().tasks().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(machine.machine()::init).hasMessageContaining("has ended");
  }
}
