package dev.nommu.kernel.task;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.CaughtSignal;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Disposition.Action;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.SignalInfo;
import dev.nommu.kernel.signal.SignalSet;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.time.MachineClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signals that threads block and wait for. */
@Timeout(20)
final class SignalMaskTest {
  private static final Duration LATER = Duration.ofSeconds(1);
  private static final SignalSet USR1 = SignalSet.of(Signal.SIGUSR1);
  private static final Action ACTION = new Action(0x1000, 0, SignalSet.of(Signal.SIGUSR2));

  @RegisterExtension final Machines machines = new Machines();
  private final List<Signal> handled = new ArrayList<>();
  private Machine machine;
  private Task init;
  private Task task;
  private MachineClock.Hold untilAllAreThere;

  @BeforeEach
  void boot() {
    machine = machines.boot(Profile.LINUX_6_12);
    init = machine.init();
    task = init.spawn("task");
    untilAllAreThere = machine.clock().hold();
  }

  private void kill(Signal signal) throws ErrnoException {
    init.processes().kill(task.pid(), signal);
  }

  private WaitStatus join(Task program) throws InterruptedException {
    untilAllAreThere.close();
    return program.join();
  }

  /** Sends a signal when nothing else can run any more. */
  private void sendLater(Task to, Signal signal) {
    init.spawn(
        "sender",
        own -> {
          own.time().nanosleep(LATER);
          own.processes().kill(to.pid(), signal);
          return 0;
        });
  }

  private Task program(Program program) {
    return init.spawn(
        "program",
        own -> {
          own.processes().sigaction(Signal.SIGUSR1, new Disposition.Handle(handled::add));
          return program.run(own);
        });
  }

  @Test
  void signal01_blockedSignal_waitsAndActsWhenItIsBlockedNoMore() throws Exception {
    task.processes().signals().block(SignalSet.of(Signal.SIGTERM, Signal.SIGUSR1));
    kill(Signal.SIGTERM);
    assertThat(task.status()).isEmpty();
    assertThat(task.processes().signals().pending()).isEqualTo(SignalSet.of(Signal.SIGTERM));
    assertErrno(Errno.ESRCH, () -> task.processes().signals().block(SignalSet.NONE));
    assertThat(task.status()).contains(new WaitStatus.Signaled(Signal.SIGTERM));
  }

  @Test
  void signal01_forcedSignals_areNeverBlocked() throws Exception {
    task.processes().signals().block(SignalSet.of(EnumSet.allOf(Signal.class)));
    assertThat(task.processes().signals().blocked().signals())
        .doesNotContain(Signal.SIGKILL, Signal.SIGSTOP);
    kill(Signal.SIGKILL);
    assertThat(task.status()).contains(new WaitStatus.Signaled(Signal.SIGKILL));
  }

  @Test
  void signal01_blockedSignal_endsNoWait() throws Exception {
    Task sleeper =
        program(own -> {
          own.processes().signals().block(USR1);
          own.time().nanosleep(LATER.multipliedBy(2));
          int before = handled.size();
          own.processes().signals().block(SignalSet.NONE);
          return 10 * before + handled.size();
        });
    sendLater(sleeper, Signal.SIGUSR1);
    assertThat(join(sleeper)).isEqualTo(new WaitStatus.Exited(1));
  }

  @Test
  void signal01_mask_isInheritedAndThenTheChildsOwn() throws Exception {
    task.processes().signals().block(USR1);
    Task child = task.spawn("child");
    Task thread = task.processes().clone(CloneFlags.CLONE_VM);
    assertThat(child.processes().signals().blocked()).isEqualTo(USR1);
    assertThat(thread.processes().signals().blocked()).isEqualTo(USR1);
    thread.processes().signals().block(SignalSet.NONE);
    assertThat(task.processes().signals().blocked()).isEqualTo(USR1);
  }

  @Test
  void signal02_tgkill_isForThatThreadAlone() throws Exception {
    Task thread =
        task.processes()
            .clone(CloneFlags.CLONE_VM | CloneFlags.CLONE_SIGHAND | CloneFlags.CLONE_THREAD);
    task.processes().sigaction(Signal.SIGUSR1, ACTION);
    init.processes().signals().tgkill(task.pid(), thread.tid(), Signal.SIGUSR1);
    assertThat(task.processes().signals().takeCaught()).isEmpty();
    assertThat(thread.processes().signals().takeCaught().map(CaughtSignal::info))
        .contains(SignalInfo.ofThread(Signal.SIGUSR1, init.pid(), 0));
  }

  @Test
  void signal02_threadThatIsNotThere_isEsrchAndANumberThatIsNoneEinval() {
    SignalCalls calls = init.processes().signals();
    assertErrno(Errno.ESRCH, () -> calls.tgkill(init.pid(), task.tid(), Signal.SIGUSR1));
    assertErrno(Errno.ESRCH, () -> calls.tgkill(-1, 99, 0));
    assertErrno(Errno.EINVAL, () -> calls.tgkill(init.pid(), 0, 0));
    assertErrno(Errno.EINVAL, () -> calls.tgkill(0, task.tid(), 0));
    assertErrno(Errno.EINVAL, () -> calls.tgkill(task.pid(), task.tid(), 65));
  }

  @Test
  void signal02_signalToTheProcess_isForAThreadThatDoesNotBlockIt() throws Exception {
    Task thread =
        task.processes()
            .clone(CloneFlags.CLONE_VM | CloneFlags.CLONE_SIGHAND | CloneFlags.CLONE_THREAD);
    task.processes().sigaction(Signal.SIGUSR1, ACTION);
    task.processes().signals().block(USR1);
    kill(Signal.SIGUSR1);
    assertThat(task.processes().signals().takeCaught()).isEmpty();
    assertThat(thread.processes().signals().takeCaught()).isPresent();
  }

  @Test
  void signal03_handlerInMachineCode_isTakenAndBlocksWhatItSays() throws Exception {
    task.processes().sigaction(Signal.SIGUSR1, ACTION);
    kill(Signal.SIGUSR1);
    assertThat(task.processes().signals().takeCaught())
        .contains(
            new CaughtSignal(
                SignalInfo.ofUser(Signal.SIGUSR1, init.pid(), 0), ACTION, SignalSet.NONE));
    assertThat(task.processes().signals().blocked())
        .isEqualTo(SignalSet.of(Signal.SIGUSR1, Signal.SIGUSR2));
    kill(Signal.SIGUSR1);
    assertThat(task.processes().signals().takeCaught()).isEmpty();
  }

  @Test
  void signal03_flags_sayWhetherItIsBlockedAndHandledOnce() throws Exception {
    long flags = Action.SA_NODEFER | Action.SA_RESETHAND;
    task.processes().sigaction(Signal.SIGUSR1, new Action(0x1000, flags, SignalSet.NONE));
    kill(Signal.SIGUSR1);
    assertThat(task.processes().signals().takeCaught()).isPresent();
    assertThat(task.processes().signals().blocked()).isEqualTo(SignalSet.NONE);
    assertThat(task.processes().sigaction(Signal.SIGUSR1)).isEqualTo(Disposition.DEFAULT);
  }

  @Test
  void signal03_faultOfABlockedOrUnhandledSignal_endsTheProcess() throws Exception {
    SignalInfo fault = new SignalInfo(Signal.SIGSEGV, 2, new SignalInfo.Fault(16));
    task.processes().sigaction(Signal.SIGSEGV, ACTION);
    assertThat(task.processes().signals().force(fault).info()).isEqualTo(fault);
    assertErrno(Errno.ESRCH, () -> task.processes().signals().force(fault));
    assertThat(task.status()).contains(new WaitStatus.Signaled(Signal.SIGSEGV));
  }

  @Test
  void signal04_sigtimedwait_takesABlockedSignalWithoutItsHandler() throws Exception {
    AtomicReference<SignalInfo> found = new AtomicReference<>();
    Task waiting =
        program(own -> {
          own.processes().signals().block(USR1);
          found.set(own.processes().signals().sigtimedwait(USR1, Optional.empty()));
          own.processes().signals().block(SignalSet.NONE);
          return handled.size();
        });
    sendLater(waiting, Signal.SIGUSR1);
    assertThat(join(waiting)).isEqualTo(new WaitStatus.Exited(0));
    assertThat(found.get().signal()).isEqualTo(Signal.SIGUSR1);
  }

  @Test
  void signal04_sigtimedwait_endsWithItsTimeOrAnotherSignal() throws Exception {
    SignalSet usr2 = SignalSet.of(Signal.SIGUSR2);
    Task waiting =
        program(own -> {
          SignalCalls signals = own.processes().signals();
          signals.block(usr2);
          assertErrno(
              Errno.EAGAIN, () -> signals.sigtimedwait(usr2, Optional.of(LATER.dividedBy(2))));
          assertErrno(Errno.EINTR, () -> signals.sigtimedwait(usr2, Optional.empty()));
          assertErrno(Errno.EINVAL, () -> signals.sigtimedwait(usr2, Optional.of(LATER.negated())));
          return handled.size();
        });
    sendLater(waiting, Signal.SIGUSR1);
    assertThat(join(waiting)).isEqualTo(new WaitStatus.Exited(1));
  }

  @Test
  void signal05_sigsuspend_letsTheHandlerRunAndBlocksAgain() throws Exception {
    Task waiting =
        program(own -> {
          SignalCalls signals = own.processes().signals();
          signals.block(USR1);
          own.processes().kill(own.pid(), Signal.SIGUSR1);
          assertErrno(Errno.EINTR, () -> signals.sigsuspend(SignalSet.NONE));
          assertThat(handled).containsExactly(Signal.SIGUSR1);
          assertThat(signals.blocked()).isEqualTo(USR1);
          assertErrno(Errno.EINTR, () -> signals.sigsuspend(SignalSet.NONE));
          return handled.size();
        });
    sendLater(waiting, Signal.SIGUSR1);
    assertThat(join(waiting)).isEqualTo(new WaitStatus.Exited(2));
  }

  @Test
  void signal05_handlerBehindSigsuspend_goesBackToWhatWasBlockedBefore() throws Exception {
    task.processes().sigaction(Signal.SIGUSR1, ACTION);
    SignalCalls signals = task.processes().signals();
    signals.block(USR1);
    kill(Signal.SIGUSR1);
    assertErrno(Errno.EINTR, () -> signals.sigsuspend(SignalSet.of(Signal.SIGHUP)));
    assertThat(signals.blocked()).isEqualTo(SignalSet.of(Signal.SIGHUP));
    assertThat(signals.takeCaught().map(CaughtSignal::restored)).contains(USR1);
  }

  @Test
  void signal05_pollWithAMask_blocksAgainWhatItFinds() throws Exception {
    task.processes().signals().block(USR1);
    Optional<Duration> timeout = Optional.of(LATER);
    task.descriptors().poll(List.of(), timeout, SignalSet.NONE);
    assertThat(task.processes().signals().blocked()).isEqualTo(USR1);
  }

  @Test
  void signal06_parent_isToldOfWhichChildAndHow() throws Exception {
    task.processes().sigaction(Signal.SIGCHLD, ACTION);
    Task child = task.spawn("child");
    child.exit(5);
    assertThat(task.processes().signals().takeCaught().map(CaughtSignal::info))
        .contains(
            new SignalInfo(
                Signal.SIGCHLD, SignalInfo.CLD_EXITED, new SignalInfo.Child(child.pid(), 0, 5)));
  }

  @Test
  void signal06_flagsOfSigchld_leaveOutStopsAndKeepNoChildren() throws Exception {
    long flags = Action.SA_NOCLDSTOP | Action.SA_NOCLDWAIT;
    task.processes().sigaction(Signal.SIGCHLD, new Action(0x1000, flags, SignalSet.NONE));
    Task child = task.spawn("child");
    init.processes().kill(child.pid(), Signal.SIGSTOP);
    assertThat(task.processes().signals().takeCaught()).isEmpty();
    init.processes().kill(child.pid(), Signal.SIGKILL);
    assertThat(task.processes().signals().takeCaught()).isPresent();
    assertErrno(Errno.ECHILD, () -> task.processes().waitpid(child.pid()));
  }

  @Test
  void signal08_ofRealTimeSignalsAllWaitAndOfOthersTheFirst() throws Exception {
    SignalSet both = SignalSet.of(Signal.SIGRT_2, Signal.SIGUSR1);
    SignalCalls signals = task.processes().signals();
    signals.block(both);
    for (int value = 1; value <= 2; value++) {
      for (Signal each : both.signals()) {
        SignalInfo.Sender sender = new SignalInfo.Sender(1, 0, value);
        init.processes()
            .signals()
            .sigqueue(task.pid(), new SignalInfo(each, SignalInfo.SI_QUEUE, sender));
      }
    }
    List<SignalInfo> taken = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      taken.add(signals.sigtimedwait(both, Optional.of(Duration.ZERO)));
    }
    assertThat(taken)
        .extracting(SignalInfo::signal)
        .containsExactly(Signal.SIGUSR1, Signal.SIGRT_2, Signal.SIGRT_2);
    assertThat(taken)
        .extracting(info -> ((SignalInfo.Sender) info.origin()).value())
        .containsExactly(1L, 1L, 2L);
    assertErrno(Errno.EAGAIN, () -> signals.sigtimedwait(both, Optional.of(Duration.ZERO)));
  }
}
