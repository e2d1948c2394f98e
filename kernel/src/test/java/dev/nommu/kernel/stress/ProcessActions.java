package dev.nommu.kernel.stress;

import static dev.nommu.kernel.stress.Action.patient;
import static dev.nommu.kernel.stress.Action.prompt;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitOption;
import dev.nommu.kernel.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a task does with itself and with other tasks. */
final class ProcessActions {
  private static final int CLONE_VM = 0x100;
  private static final int CLONE_FS = 0x200;
  private static final int CLONE_FILES = 0x400;
  private static final int CLONE_PARENT = 0x8000;

  /** CLONE_VM, CLONE_SIGHAND and CLONE_THREAD. */
  private static final int THREAD = 0x10900;

  static final List<Action> ALL =
      Stream.of(
              prompt(3, "spawn", ProcessActions::spawn),
              prompt(3, "clone", ProcessActions::cloneTask),
              prompt(3, "clone a thread", ProcessActions::cloneThread),
              patient(1, "vfork", ProcessActions::vfork),
              prompt(3, "execve", ProcessActions::execute),
              prompt(1, "exit", a -> a.task().exit(a.below(3))),
              prompt(1, "exit of a thread", a -> a.task().processes().exitThread(0)),
              patient(1, "wait", a -> a.task().processes().waitpid(-1, Set.of())),
              prompt(3, "wait, not long", ProcessActions::waitNoHang),
              prompt(2, "kill", ProcessActions::kill),
              prompt(1, "sigaction", ProcessActions::sigaction),
              patient(1, "nanosleep", a -> a.task().time().nanosleep(Duration.ofMillis(1))),
              prompt(1, "sched_yield", a -> a.task().processes().schedYield()))
          .flatMap(List::stream)
          .toList();

  private ProcessActions() {}

  private static void spawn(Actor a) throws ErrnoException {
    if (!a.crowd().hasRoom()) {
      return;
    }
    try {
      a.task().spawn("child", a.crowd().program(a.random().nextLong()));
    } catch (IllegalStateException killed) {
      if (killed.getCause() instanceof ErrnoException failure) {
        throw failure;
      }
      throw killed;
    }
  }

  private static void cloneTask(Actor a) throws ErrnoException {
    cloneWith(a, CLONE_VM | a.someOf(CLONE_FS, CLONE_FILES, CLONE_PARENT));
  }

  private static void cloneThread(Actor a) throws ErrnoException {
    cloneWith(a, THREAD | a.someOf(CLONE_FS, CLONE_FILES));
  }

  private static void cloneWith(Actor a, long flags) throws ErrnoException {
    if (!a.crowd().hasRoom()) {
      return;
    }
    if (a.oneIn(4)) {
      a.task().processes().clone(flags);
    } else {
      a.task().processes().clone(flags, a.crowd().program(a.random().nextLong()));
    }
  }

  private static void vfork(Actor a) throws ErrnoException {
    if (a.crowd().hasRoom()) {
      a.task().processes().vfork(a.crowd().program(a.random().nextLong()));
    }
  }

  private static void execute(Actor a) throws ErrnoException {
    String path =
        a.oneOf("/bin/program", "/bin/script", "/rom/program", "/w/hooked/file", a.path());
    a.task().processes().execve(path, List.of(path, "argument"), List.of("HOME=/"));
  }

  private static void waitNoHang(Actor a) throws ErrnoException {
    a.task().processes().waitpid(-1, Set.of(WaitOption.WNOHANG, WaitOption.WUNTRACED));
  }

  private static void kill(Actor a) throws ErrnoException {
    Task victim = a.crowd().anybody(a.random());
    Signal signal =
        a.oneOf(
            Signal.SIGKILL,
            Signal.SIGTERM,
            Signal.SIGUSR1,
            Signal.SIGCHLD,
            Signal.SIGSTOP,
            Signal.SIGCONT,
            Signal.SIGCONT);
    a.task().processes().kill(victim.pid(), signal);
  }

  private static void sigaction(Actor a) throws ErrnoException {
    Disposition handle = new Disposition.Handle(signal -> a.task().brk(0));
    Disposition disposition = a.oneOf(Disposition.DEFAULT, Disposition.IGNORE, handle);
    a.task().processes().sigaction(a.oneOf(Signal.SIGUSR1, Signal.SIGTERM), disposition);
  }
}
