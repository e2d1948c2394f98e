package dev.nommu.kernel.task;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.time.MachineClock;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals: what they do by themselves, what a program does about them, and to waits. */
@Timeout(20)
final class SignalTest {
  private static final WaitStatus KILLED = new WaitStatus.Signaled(Signal.SIGKILL);
  private static final Duration LATER = Duration.ofSeconds(1);

  @RegisterExtension final Machines machines = new Machines();
  private Machine machine;
  private Task init;
  private MachineClock.Hold untilAllAreThere;

  @BeforeEach
  void boot() {
    machine = machines.boot(Profile.DOCUMENT);
    init = machine.init();
    untilAllAreThere = machine.clock().hold();
  }

  private WaitStatus join(Task task) throws InterruptedException {
    untilAllAreThere.close();
    return task.join();
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

  /** What a program may wait for, and how its kind of wait is called. */
  enum Waiting {
    PIPE("a pipe") {
      @Override
      void run(Task task) throws Exception {
        task.read(task.unnamedFiles().pipe().read(), MemorySegment.ofArray(new byte[1]));
      }
    },
    FIFO("a pipe") {
      @Override
      void run(Task task) throws Exception {
        task.tree().create("/tmp/fifo", dev.nommu.api.NewInode.fifo(0600));
        task.open("/tmp/fifo", 0);
      }
    },
    FUTEX("a futex") {
      @Override
      void run(Task task) throws Exception {
        long address = new TaskCalls(task).anonymous(4096);
        task.ipc().futexWait(address, dev.nommu.kernel.ipc.FutexScope.PRIVATE, 0, Optional.empty());
      }
    },
    WAIT("a child") {
      @Override
      void run(Task task) throws Exception {
        task.processes().waitpid(task.spawn("child").pid());
      }
    },
    VFORK("the child of vfork") {
      @Override
      void run(Task task) throws Exception {
        task.processes()
            .vfork(child -> {
              child.read(child.unnamedFiles().pipe().read(), MemorySegment.ofArray(new byte[1]));
              return 0;
            });
      }
    },
    SLEEP("a moment") {
      @Override
      void run(Task task) throws Exception {
        task.time().nanosleep(Duration.ofDays(1));
      }
    };

    private final String what;

    Waiting(String what) {
      this.what = what;
    }

    abstract void run(Task task) throws Exception;
  }

  @ParameterizedTest
  @EnumSource(Waiting.class)
  void killedProgram_endsWhereItWaitsAndLeavesNothing(Waiting waiting) throws Exception {
    long free = machine.freePages();
    AtomicReference<List<String>> seen = new AtomicReference<>(List.of());
    Task victim =
        init.spawn(
            "victim",
            own -> {
              waiting.run(own);
              return 0;
            });
    init.spawn(
        "killer",
        own -> {
          own.time().nanosleep(LATER);
          seen.set(victim.waitsFor());
          own.processes().kill(victim.pid(), Signal.SIGKILL);
          return 0;
        });
    assertThat(join(victim)).isEqualTo(KILLED);
    assertThat(seen.get()).singleElement().asString().startsWith(waiting.what);
    assertThat(victim.waitsFor()).isEmpty();
    machine.tasks().stream().filter(task -> task != init).forEach(Task::exit);
    assertThat(machine.freePages()).isEqualTo(free);
    assertThat(machine.check()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Waiting.class,
      names = {"PIPE", "FIFO", "FUTEX", "WAIT", "SLEEP"})
  void handledSignal_runsItsHandlerAndEndsTheWaitWithEintr(Waiting waiting) throws Exception {
    List<Signal> handled = new ArrayList<>();
    AtomicReference<Errno> errno = new AtomicReference<>();
    Task task =
        init.spawn(
            "handler",
            own -> {
              own.processes().sigaction(Signal.SIGUSR1, new Disposition.Handle(handled::add));
              try {
                waiting.run(own);
              } catch (ErrnoException interrupted) {
                errno.set(interrupted.errno());
              }
              return 4;
            });
    sendLater(task, Signal.SIGUSR1);
    assertThat(join(task)).isEqualTo(new WaitStatus.Exited(4));
    assertThat(handled).containsExactly(Signal.SIGUSR1);
    assertThat(errno).hasValue(Errno.EINTR);
  }

  @Test
  void vfork_isNotEndedByASignalThatIsHandled() throws Exception {
    List<Signal> handled = new ArrayList<>();
    Task task =
        init.spawn(
            "parent",
            own -> {
              own.processes().sigaction(Signal.SIGUSR1, new Disposition.Handle(handled::add));
              own.processes()
                  .vfork(child -> {
                    child.processes().kill(own.pid(), Signal.SIGUSR1);
                    child.time().nanosleep(LATER);
                    return handled.size();
                  });
              return handled.size();
            });
    assertThat(join(task)).isEqualTo(new WaitStatus.Exited(1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Signal.class,
      names = {"SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH"})
  void signalThatIsIgnoredByDefault_doesNothing(Signal signal) throws Exception {
    Task task = init.spawn("task");
    init.processes().kill(task.pid(), signal);
    assertThat(task.status()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Signal.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "SIGCHLD",
        "SIGCONT",
        "SIGURG",
        "SIGWINCH",
        "SIGSTOP",
        "SIGTSTP",
        "SIGTTIN",
        "SIGTTOU"
      })
  void signalNobodyHandles_endsATaskThatIsDrivenFromOutside(Signal signal) throws Exception {
    Task task = init.spawn("task");
    new TaskCalls(task).anonymous(4096);
    init.processes().kill(task.pid(), signal.number());
    assertThat(task.status()).contains(new WaitStatus.Signaled(signal));
    assertThat(machine.regions()).isEmpty();
    assertErrno(Errno.ESRCH, () -> task.open("/tmp", 0));
    assertErrno(Errno.ESRCH, () -> task.tree().mkdir("/tmp/d", 0700));
    assertErrno(Errno.ESRCH, () -> new TaskCalls(task).anonymous(4096));
  }

  @Test
  void ignoredSignal_doesNothing() throws Exception {
    Task task = init.spawn("task");
    assertThat(task.processes().sigaction(Signal.SIGTERM, Disposition.IGNORE))
        .isEqualTo(Disposition.DEFAULT);
    init.processes().kill(task.pid(), Signal.SIGTERM);
    assertThat(task.status()).isEmpty();
    assertThat(task.processes().sigaction(Signal.SIGTERM, Disposition.DEFAULT))
        .isEqualTo(Disposition.IGNORE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Signal.class,
      names = {"SIGKILL", "SIGSTOP"})
  void forcedSignal_cannotBeIgnored(Signal signal) {
    assertErrno(Errno.EINVAL, () -> init.processes().sigaction(signal, Disposition.IGNORE));
  }

  @Test
  void init_cannotBeKilled() throws Exception {
    init.processes().kill(1, Signal.SIGKILL);
    init.processes().kill(1, Signal.SIGSTOP);
    init.open("/tmp", 0);
    assertThat(init.status()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65, 99})
  void numberThatIsNoSignal_isEinval(int number) {
    assertErrno(Errno.EINVAL, () -> init.processes().kill(1, number));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, -99, 99})
  void processThatIsNotThere_isEsrch(int pid) {
    assertErrno(Errno.ESRCH, () -> init.processes().kill(pid, 0));
    assertErrno(Errno.ESRCH, () -> init.processes().kill(pid, Signal.SIGTERM));
  }

  @Test
  void numberZero_onlyLooks() throws Exception {
    Task task = init.spawn("task");
    init.processes().kill(task.pid(), 0);
    assertThat(task.status()).isEmpty();
  }

  @Test
  void stoppedProgram_goesOnWithSigcont() throws Exception {
    AtomicBoolean wentOn = new AtomicBoolean();
    Task task =
        init.spawn(
            "program",
            own -> {
              own.processes().kill(own.pid(), Signal.SIGSTOP);
              wentOn.set(true);
              return 3;
            });
    Task other =
        init.spawn(
            "other",
            own -> {
              own.time().nanosleep(LATER);
              boolean stopped = !wentOn.get() && task.waitsFor().equals(List.of("SIGCONT"));
              own.processes().kill(task.pid(), Signal.SIGCONT);
              return stopped ? 1 : 0;
            });
    assertThat(join(task)).isEqualTo(new WaitStatus.Exited(3));
    assertThat(other.join()).isEqualTo(new WaitStatus.Exited(1));
  }

  @Test
  void stoppedProgram_canBeKilled() throws Exception {
    Task task =
        init.spawn(
            "program",
            own -> {
              own.processes().kill(own.pid(), Signal.SIGSTOP);
              return 0;
            });
    sendLater(task, Signal.SIGKILL);
    assertThat(join(task)).isEqualTo(KILLED);
  }

  @Test
  void closedMachine_endsProgramsThatWait() throws Exception {
    List<Task> tasks = new ArrayList<>();
    try (Machine other = Machine.boot(machine.board())) {
      for (Waiting waiting : EnumSet.complementOf(EnumSet.of(Waiting.SLEEP, Waiting.FIFO))) {
        tasks.add(
            other
                .init()
                .spawn(
                    "waiter",
                    own -> {
                      waiting.run(own);
                      return 0;
                    }));
      }
    }
    for (Task task : tasks) {
      assertThat(task.join()).isEqualTo(KILLED);
    }
  }

  @Test
  void programThatCatchesEverything_isUnwoundAtItsNextCall() throws Exception {
    AtomicReference<Throwable> second = new AtomicReference<>();
    Task task =
        init.spawn(
            "stubborn",
            own -> {
              try {
                own.exit(2);
              } catch (ProgramEnd caught) {
                assertThatThrownBy(() -> own.open("/tmp", 0))
                    .isInstanceOf(ProgramEnd.class)
                    .satisfies(second::set);
              }
              return 9;
            });
    assertThat(join(task)).isEqualTo(new WaitStatus.Exited(2));
    assertThat(second.get()).isNotNull();
  }
}
