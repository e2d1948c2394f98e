package dev.nommu.kernel.task;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.WaitOption;
import dev.nommu.kernel.signal.WaitResult;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.testing.Background;
import dev.nommu.kernel.testing.Machines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Parents and children: zombies, orphans and {@code waitpid}. Tasks are driven from outside. */
@Timeout(20)
final class WaitTest {
  private static final int ANY = -1;
  private static final int P_ALL = 0;
  private static final int P_PID = 1;
  private static final int P_PGID = 2;
  private static final Set<WaitOption> AT_ONCE = EnumSet.of(WaitOption.WNOHANG);

  @RegisterExtension final Machines machines = new Machines();
  private Machine machine;
  private Task init;
  private Task parent;

  @BeforeEach
  void boot() {
    machine = machines.boot(Profile.DOCUMENT);
    init = machine.init();
    parent = init.spawn("parent");
  }

  private Optional<WaitResult> look(Task task, int pid) throws ErrnoException {
    return task.processes().waitpid(pid, AT_ONCE);
  }

  @Test
  void child_isAZombieUntilItsParentWaits() throws Exception {
    Task child = parent.spawn("child");
    child.exit(0x1ff);
    init.processes().kill(child.pid(), Signal.SIGTERM);
    assertThat(machine.tasks()).containsExactly(init, parent);
    assertThat(parent.processes().waitpid(child.pid())).isEqualTo(new WaitStatus.Exited(255));
    assertErrno(Errno.ESRCH, () -> init.processes().kill(child.pid(), 0));
    assertErrno(Errno.ECHILD, () -> look(parent, child.pid()));
  }

  @Test
  void waitForAny_givesTheChildThatEndedFirst() throws Exception {
    List<Task> children = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      children.add(parent.spawn("child"));
    }
    children.get(2).exit(12);
    children.get(0).exit(10);
    assertThat(look(parent, ANY))
        .contains(new WaitResult(children.get(2).pid(), new WaitStatus.Exited(12), Duration.ZERO));
    assertThat(look(parent, ANY))
        .contains(new WaitResult(children.get(0).pid(), new WaitStatus.Exited(10), Duration.ZERO));
    assertThat(look(parent, ANY)).isEmpty();
    assertThat(look(parent, children.get(1).pid())).isEmpty();
  }

  @Test
  void fork07_waitid_tellsOfWhatIsAskedForAlone() throws Exception {
    Task child = parent.spawn("child");
    WaitCalls waits = parent.processes().waits();
    init.processes().kill(child.pid(), Signal.SIGSTOP);
    int noHang = WaitOption.WNOHANG.bit();
    assertThat(waits.waitid(P_PID, child.pid(), noHang | WaitOption.WEXITED.bit())).isEmpty();
    assertThat(waits.waitid(P_PID, child.pid(), noHang | WaitOption.WUNTRACED.bit()))
        .contains(
            SignalInfo.ofChild(child.pid(), 0, new WaitStatus.Stopped(Signal.SIGSTOP), false));
    child.exit(3);
    assertThat(waits.waitid(P_ALL, 0, noHang | WaitOption.WUNTRACED.bit())).isEmpty();
    int ended = WaitOption.WEXITED.bit();
    Optional<SignalInfo> end =
        Optional.of(SignalInfo.ofChild(child.pid(), 0, new WaitStatus.Exited(3), false));
    assertThat(waits.waitid(P_PGID, 0, ended | WaitOption.WNOWAIT.bit())).isEqualTo(end);
    assertThat(waits.waitid(P_ALL, 0, ended)).isEqualTo(end);
    assertErrno(Errno.ECHILD, () -> waits.waitid(P_ALL, 0, ended));
  }

  @Test
  void fork07_whatWaitidCannotWaitFor_isRefused() {
    WaitCalls waits = parent.processes().waits();
    assertErrno(Errno.EINVAL, () -> waits.waitid(P_PID, 0, WaitOption.WEXITED.bit()));
    assertErrno(Errno.EINVAL, () -> waits.waitid(P_ALL, 0, WaitOption.WNOHANG.bit()));
    assertErrno(Errno.EBADF, () -> waits.waitid(3, 1, WaitOption.WEXITED.bit()));
    assertErrno(Errno.ESRCH, () -> parent.processes().waitpid(Integer.MIN_VALUE));
  }

  @Test
  void processWithoutThatChild_isEchild() {
    Task stranger = init.spawn("stranger");
    assertErrno(Errno.ECHILD, () -> look(parent, ANY));
    assertErrno(Errno.ECHILD, () -> look(parent, stranger.pid()));
    assertErrno(Errno.ECHILD, () -> look(parent, 0));
  }

  @Test
  void unknownOption_isEinval() {
    assertErrno(Errno.EINVAL, () -> parent.processes().waitpid(ANY, 0x10));
  }

  @Test
  void childOfInit_isForgottenAtOnce() {
    parent.exit(3);
    assertErrno(Errno.ESRCH, () -> init.processes().kill(parent.pid(), 0));
    assertThat(parent.status()).contains(new WaitStatus.Exited(3));
  }

  @Test
  void orphan_goesToInit() throws Exception {
    Task child = parent.spawn("child");
    assertThat(child.processes().getppid()).isEqualTo(parent.pid());
    parent.exit();
    assertThat(child.processes().getppid()).isEqualTo(1);
    assertThat(look(init, child.pid())).isEmpty();
    child.exit();
    assertErrno(Errno.ESRCH, () -> init.processes().kill(child.pid(), 0));
  }

  @Test
  void zombieWhoseParentEnds_isForgotten() {
    Task child = parent.spawn("child");
    child.exit();
    parent.exit();
    assertErrno(Errno.ESRCH, () -> init.processes().kill(child.pid(), 0));
  }

  @Test
  void orphanAfterTheEndOfInit_hasNoParent() {
    Task child = parent.spawn("child");
    init.exit();
    parent.exit();
    assertThat(child.processes().getppid()).isZero();
    child.exit();
    assertThat(machine.tasks()).isEmpty();
  }

  @Test
  void parentThatIgnoresSigchld_hasNoZombies() throws Exception {
    parent.processes().sigaction(Signal.SIGCHLD, Disposition.IGNORE);
    Task child = parent.spawn("child");
    child.exit();
    assertErrno(Errno.ECHILD, () -> look(parent, ANY));
    assertErrno(Errno.ESRCH, () -> init.processes().kill(child.pid(), 0));
  }

  @Test
  void parent_isSentSigchld() throws Exception {
    List<Signal> handled = new ArrayList<>();
    parent.processes().sigaction(Signal.SIGCHLD, new Disposition.Handle(handled::add));
    parent.spawn("child").exit();
    look(parent, ANY);
    assertThat(handled).containsExactly(Signal.SIGCHLD);
  }

  @Test
  void stopAndContinuation_areToldToWhoAsks() throws Exception {
    Task child = parent.spawn("child");
    init.processes().kill(child.pid(), Signal.SIGTSTP);
    assertThat(look(parent, ANY)).isEmpty();
    assertThat(parent.processes().waitpid(ANY, 1 | 2))
        .contains(
            new WaitResult(child.pid(), new WaitStatus.Stopped(Signal.SIGTSTP), Duration.ZERO));
    assertThat(parent.processes().waitpid(ANY, 1 | 2)).isEmpty();
    init.processes().kill(child.pid(), Signal.SIGCONT);
    assertThat(parent.processes().waitpid(ANY, 1 | 2)).isEmpty();
    assertThat(parent.processes().waitpid(ANY, 1 | 8))
        .contains(new WaitResult(child.pid(), new WaitStatus.Continued(), Duration.ZERO));
    child.exit(1);
    assertThat(look(parent, ANY))
        .contains(new WaitResult(child.pid(), new WaitStatus.Exited(1), Duration.ZERO));
  }

  @Test
  void status_isThatOfLinux() {
    assertThat(new WaitStatus.Exited(7).raw()).isEqualTo(0x700);
    assertThat(new WaitStatus.Signaled(Signal.SIGKILL).raw()).isEqualTo(9);
    assertThat(new WaitStatus.Stopped(Signal.SIGSTOP).raw()).isEqualTo(0x137f);
    assertThat(new WaitStatus.Continued().raw()).isEqualTo(0xffff);
  }

  @Test
  void program_waitsUntilItsChildEnds() throws Exception {
    Task task =
        init.spawn(
            "parent",
            own -> {
              Task child =
                  own.spawn(
                      "child",
                      of -> {
                        of.time().nanosleep(Duration.ofMinutes(5));
                        return 6;
                      });
              boolean early = own.processes().waitpid(child.pid(), AT_ONCE).isPresent();
              int code = own.processes().waitpid(child.pid()).raw() >>> 8;
              boolean inTime = own.time().monotonic().equals(Duration.ofMinutes(5));
              return !early && inTime ? code : 1;
            });
    assertThat(task.join()).isEqualTo(new WaitStatus.Exited(6));
  }

  @Test
  void programThatIgnoresSigchld_waitsForAllChildrenAndGetsEchild() throws Exception {
    Task task =
        init.spawn(
            "parent",
            own -> {
              own.processes().sigaction(Signal.SIGCHLD, Disposition.IGNORE);
              for (int i = 1; i <= 3; i++) {
                Duration life = Duration.ofSeconds(i);
                own.spawn(
                    "child",
                    child -> {
                      child.time().nanosleep(life);
                      return 0;
                    });
              }
              assertErrno(Errno.ECHILD, () -> own.processes().waitpid(ANY));
              return (int) own.time().monotonic().toSeconds();
            });
    assertThat(task.join()).isEqualTo(new WaitStatus.Exited(3));
  }

  /** The process goes on when one of its tasks returns; only the waits of that task end. */
  @Test
  void waitFromOutsideInATaskWhoseProgramReturns_isEsrch() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    Task running =
        parent
            .processes()
            .clone(
                CloneFlags.CLONE_VM | CloneFlags.CLONE_SIGHAND | CloneFlags.CLONE_THREAD,
                task -> {
                  waits.await();
                  return 0;
                });
    running.spawn("child");
    Background<WaitStatus> waiter =
        Background.waiting(
            running,
            "a child",
            () ->
                running
                    .processes()
                    .waitpid(ANY, EnumSet.noneOf(WaitOption.class))
                    .orElseThrow()
                    .status());
    waits.countDown();
    assertErrno(Errno.ESRCH, waiter::awaitResult);
  }
}
