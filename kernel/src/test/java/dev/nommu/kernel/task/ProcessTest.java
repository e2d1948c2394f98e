package dev.nommu.kernel.task;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.api.Whence;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes and their descriptors. */
final class ProcessTest {
  @RegisterExtension final Machines machines = new Machines();

  @ParameterizedTest
  @EnumSource(Profile.class)
  void fork03_cloneWithoutVm_isEinval(Profile profile) {
    Machine machine = machines.boot(profile);
    int sigchld = 17;
    assertErrno(Errno.EINVAL, "FORK-03", () -> machine.init().processes().clone(sigchld));
    assertThat(machine.tasks()).hasSize(1);
  }

  @Test
  void spawnedProcess_sharesOpenFilesWithTheirPositions() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    int file = p.file("/tmp/file", TaskCalls.pattern(100));
    TaskCalls child = p.other();
    child.task().lseek(file, 50, Whence.START);
    assertThat(p.task().lseek(file, 0, Whence.CURRENT)).isEqualTo(50);
    child.task().close(file);
    assertThat(p.content(file, 100)).isEqualTo(TaskCalls.pattern(100));
    assertErrno(Errno.EBADF, () -> child.content(file, 1));
  }

  @Test
  void descriptor_isTheLowestThatIsFree() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    int first = p.read("/tmp");
    int second = p.task().dup(first);
    assertThat(List.of(first, second)).containsExactly(3, 4);
    p.task().close(first);
    assertThat(p.read("/tmp")).isEqualTo(3);
    assertErrno(Errno.EBADF, () -> p.task().close(99));
    assertErrno(Errno.EBADF, () -> p.task().close(-1));
  }

  @Test
  void descriptors_are1024AtMost() throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.gathered("/tmp/memory", PAGE);
    for (int descriptor = file + 1; descriptor < 1024; descriptor++) {
      assertThat(p.task().dup(file)).isEqualTo(descriptor);
    }
    assertErrno(Errno.EMFILE, () -> p.task().dup(file));
    assertErrno(Errno.EMFILE, () -> p.read("/tmp"));
    TaskCalls child = p.other();
    child.task().close(1000);
    assertThat(child.read("/tmp")).isEqualTo(1000);
    assertThat(p.task().fstat(1023)).isEqualTo(p.task().fstat(file));
  }

  @Test
  void exit_twice_isTheSameAsOnce() throws Exception {
    Machine machine = machines.boot(Profile.DOCUMENT);
    TaskCalls other = new TaskCalls(machine.init()).other();
    other.anonymous(PAGE);
    other.task().exit();
    other.task().exit();
    assertThat(machine.tasks()).containsExactly(machine.init());
  }
}
