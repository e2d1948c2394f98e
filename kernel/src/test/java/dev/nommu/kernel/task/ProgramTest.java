package dev.nommu.kernel.task;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static dev.nommu.kernel.testing.TaskCalls.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs on threads of their own: how they begin and how they end. */
@Timeout(20)
final class ProgramTest {
  @RegisterExtension final Machines machines = new Machines();
  private Machine machine;
  private Task init;

  @BeforeEach
  void boot() {
    machine = machines.boot(Profile.DOCUMENT);
    init = machine.init();
  }

  @Test
  void programThatReturns_endsItsProcessWithThatStatus() throws Exception {
    assertThat(run(init, task -> 0x103)).isEqualTo(new WaitStatus.Exited(3));
    assertThat(machine.tasks()).containsExactly(init);
  }

  @Test
  void programThatExits_doesNotGoOn() throws Exception {
    AtomicBoolean wentOn = new AtomicBoolean();
    WaitStatus status =
        run(
            init,
            task -> {
              task.exit(7);
              wentOn.set(true);
              return 0;
            });
    assertThat(status).isEqualTo(new WaitStatus.Exited(7));
    assertThat(wentOn).isFalse();
  }

  @Test
  void programThatThrows_crashesItsProcessAlone() throws Exception {
    IllegalStateException thrown = new IllegalStateException("a bug");
    Task task =
        init.spawn(
            "buggy",
            own -> {
              throw thrown;
            });
    assertThat(task.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGABRT));
    assertThat(task.failure()).containsSame(thrown);
    assertThat(machine.log().lines())
        .contains("buggy[2]: the program threw java.lang.IllegalStateException: a bug")
        .anyMatch(line -> line.startsWith("  at ") && line.contains("ProgramTest"));
    assertThat(run(init, other -> 0)).isEqualTo(new WaitStatus.Exited(0));
  }

  @Test
  void programThatLoadsWhereNoMemoryIs_endsAsBySigsegv() throws Exception {
    assertThat(
            run(
                init,
                task -> {
                  task.load(0x10, MemorySegment.ofArray(new byte[1]));
                  return 0;
                }))
        .isEqualTo(new WaitStatus.Signaled(Signal.SIGSEGV));
  }

  @Test
  void programThatEnds_leavesNothingOfWhatItHad() throws Exception {
    long free = machine.freePages();
    run(
        init,
        task -> {
          TaskCalls p = new TaskCalls(task);
          p.anonymous(3 * PAGE);
          p.read("/tmp");
          int id = task.ipc().shmget(0, PAGE, 01600);
          task.ipc().shmat(id, 0, 0);
          task.ipc().shmRemove(id);
          return 0;
        });
    assertThat(machine.freePages()).isEqualTo(free);
    assertThat(machine.regions()).isEmpty();
  }

  @Test
  void programThatWaitsForAnHour_takesNoTime() throws Exception {
    Task task =
        init.spawn(
            "sleeper",
            own -> {
              own.time().nanosleep(Duration.ofHours(1));
              return own.time().monotonic().equals(Duration.ofHours(1)) ? 0 : 1;
            });
    assertThat(task.join()).isEqualTo(new WaitStatus.Exited(0));
    assertThat(machine.clock().instant()).isEqualTo("1970-01-01T01:00:00Z");
  }

  @Test
  void killedProgram_endsWhereItWaits() throws Exception {
    Task task =
        init.spawn(
            "reader",
            own -> {
              var pipe = own.unnamedFiles().pipe();
              own.read(pipe.read(), MemorySegment.ofArray(new byte[1]));
              return 0;
            });
    while (task.waitsFor().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(task.waitsFor()).containsExactly("a pipe");
    init.processes().kill(task.pid(), Signal.SIGTERM);
    assertThat(task.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGTERM));
    assertErrno(Errno.ESRCH, () -> init.processes().kill(task.pid(), 0));
  }

  @Test
  void parent_learnsHowItsChildEnded() throws Exception {
    assertThat(
            run(
                init,
                task -> {
                  Task child = task.spawn("child", own -> 5);
                  return task.processes().waitpid(child.pid()).raw() >>> 8;
                }))
        .isEqualTo(new WaitStatus.Exited(5));
  }
}
