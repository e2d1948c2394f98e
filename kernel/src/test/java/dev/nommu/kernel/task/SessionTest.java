package dev.nommu.kernel.task;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitOption;
import dev.nommu.kernel.signal.WaitResult;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.testing.Machines;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Process groups, sessions, first threads that end, and the end of all. */
@Timeout(20)
final class SessionTest {
  private static final WaitStatus TERMINATED = new WaitStatus.Signaled(Signal.SIGTERM);
  private static final Set<WaitOption> NONE = EnumSet.noneOf(WaitOption.class);

  @RegisterExtension final Machines machines = new Machines();
  private Machine machine;
  private Task init;
  private Task shell;
  private Task job;

  @BeforeEach
  void boot() throws Exception {
    machine = machines.boot(Profile.LINUX_6_12);
    init = machine.init();
    shell = init.spawn("shell");
    shell.processes().sessions().setsid();
    job = shell.processes().clone(CloneFlags.CLONE_VM);
  }

  private static int group(Task of) throws Exception {
    return of.processes().sessions().getpgid(0);
  }

  @Test
  void job01_setsid_beginsASessionAndAGroup() throws Exception {
    assertThat(group(shell)).isEqualTo(shell.pid());
    assertThat(job.processes().sessions().getsid(0)).isEqualTo(shell.pid());
    assertThat(init.processes().sessions().getsid(job.pid())).isEqualTo(shell.pid());
    assertErrno(Errno.EPERM, () -> shell.processes().sessions().setsid());
    assertErrno(Errno.ESRCH, () -> init.processes().sessions().getsid(99));
    assertErrno(Errno.ESRCH, () -> init.processes().sessions().getpgid(99));
  }

  @Test
  void job01_setpgid_movesItselfAndChildrenWithinTheSession() throws Exception {
    shell.processes().sessions().setpgid(job.pid(), 0);
    assertThat(group(job)).isEqualTo(job.pid());
    Task second = shell.processes().clone(CloneFlags.CLONE_VM);
    second.processes().sessions().setpgid(0, job.pid());
    assertThat(group(second)).isEqualTo(job.pid());
    Task child = second.processes().clone(CloneFlags.CLONE_VM);
    assertThat(group(child)).isEqualTo(job.pid());
  }

  @Test
  void job01_setpgid_refusesWhatIsNotItsOwn() {
    SessionCalls calls = shell.processes().sessions();
    Task executed = shell.spawn("executed");
    assertErrno(Errno.EINVAL, () -> calls.setpgid(0, -1));
    assertErrno(Errno.ESRCH, () -> calls.setpgid(init.pid(), 0));
    assertErrno(Errno.ESRCH, () -> job.processes().sessions().setpgid(shell.pid(), 0));
    assertErrno(Errno.EACCES, () -> calls.setpgid(executed.pid(), 0));
    assertErrno(Errno.EPERM, () -> calls.setpgid(0, 0));
    assertErrno(Errno.EPERM, () -> calls.setpgid(job.pid(), 99));
    assertErrno(Errno.EPERM, () -> init.processes().sessions().setpgid(shell.pid(), 0));
  }

  @Test
  void job02_kill_reachesAGroupTheOwnOneAndAll() throws Exception {
    Task other = init.spawn("other");
    job.processes().sessions().setpgid(0, 0);
    Task second = job.processes().clone(CloneFlags.CLONE_VM);
    init.processes().kill(-job.pid(), Signal.SIGTERM);
    assertThat(job.status()).contains(TERMINATED);
    assertThat(second.status()).contains(TERMINATED);
    assertThat(shell.status()).isEmpty();
    init.processes().kill(-job.pid(), 0); // nobody has waited for it yet
    shell.processes().waitpid(job.pid());
    assertErrno(Errno.ESRCH, () -> init.processes().kill(-job.pid(), 0));
    Task third = shell.processes().clone(CloneFlags.CLONE_VM);
    shell.processes().sigaction(Signal.SIGTERM, Disposition.IGNORE);
    shell.processes().kill(0, Signal.SIGTERM);
    assertThat(third.status()).contains(TERMINATED);
    assertThat(other.status()).isEmpty();
    init.processes().kill(-1, Signal.SIGKILL);
    assertThat(other.status()).isPresent();
    assertThat(init.status()).isEmpty();
  }

  @Test
  void job03_waitpid_waitsForOneOfAGroup() throws Exception {
    Task second = shell.processes().clone(CloneFlags.CLONE_VM);
    second.processes().sessions().setpgid(0, 0);
    job.exit(1);
    second.exit(2);
    assertThat(shell.processes().waitpid(-second.pid(), NONE).map(WaitResult::pid))
        .contains(second.pid());
    assertThat(shell.processes().waitpid(0, NONE).map(WaitResult::pid)).contains(job.pid());
    assertErrno(Errno.ECHILD, () -> shell.processes().waitpid(0, NONE));
  }

  @Test
  void job04_firstThreadThatEnds_leavesTheOthersAndItsStatus() throws Exception {
    Task thread =
        job.processes()
            .clone(CloneFlags.CLONE_VM | CloneFlags.CLONE_SIGHAND | CloneFlags.CLONE_THREAD);
    job.processes().exitThread(3);
    assertThat(thread.status()).isEmpty();
    assertThat(thread.pid()).isEqualTo(job.pid());
    init.processes().kill(job.pid(), 0);
    thread.processes().exitThread(0);
    assertThat(shell.processes().waitpid(job.pid())).isEqualTo(new WaitStatus.Exited(3));
  }

  @Test
  void job05_programThatBegins_runsInATaskThatWasDrivenFromOutside() throws Exception {
    job.processes().begin(own -> own.processes().getppid());
    assertThat(job.join()).isEqualTo(new WaitStatus.Exited(shell.pid()));
    assertErrno(Errno.ESRCH, () -> job.processes().begin(own -> 0));
    Task waits = shell.processes().clone(CloneFlags.CLONE_VM);
    waits
        .processes()
        .begin(own -> {
          own.processes().signals().pause();
          return 0;
        });
    assertErrno(Errno.EBUSY, () -> waits.processes().begin(own -> 0));
  }

  @Test
  void job06_powerOff_endsAllProcesses() throws Exception {
    job.processes().setuid(7);
    assertErrno(Errno.EPERM, () -> job.processes().powerOff());
    Task off =
        init.spawn(
            "off",
            own -> {
              own.processes().powerOff();
              return 0;
            });
    off.join();
    for (Task each : Set.of(init, shell, job)) {
      assertThat(each.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGKILL));
    }
    machine.close();
  }

  @Test
  void job07_randomNumbers_areTheSameOnEachMachine() throws Exception {
    byte[] first = new byte[40];
    byte[] second = new byte[40];
    byte[] elsewhere = new byte[40];
    init.processes().system().getrandom(MemorySegment.ofArray(first));
    job.processes().system().getrandom(MemorySegment.ofArray(second));
    Machine other = machines.boot(Profile.LINUX_6_12);
    other.init().processes().system().getrandom(MemorySegment.ofArray(elsewhere));
    assertThat(elsewhere).isEqualTo(first).isNotEqualTo(second);
  }
}
