package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.ipc.FutexScope;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitResult;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Ten thousand tasks that map, share, trace, wait and die. What each of them does is drawn from a
 * seed, which {@code -Dnommu.seed=N} sets; the order in which they do it is the host's.
 */
@Timeout(60)
final class TenThousandTasksTest {
  private static final int TASKS = 10_000;
  private static final int FAMILIES = 20;
  private static final long CLONE_VM = 0x100;
  private static final long CLONE_FILES = 0x400;

  /**
   * What may be answered to a correct call that others were faster than, or when memory is short.
   */
  private static final Set<Errno> ORDINARY =
      Set.of(
          Errno.ENOMEM,
          Errno.ENODEV,
          Errno.ENOENT,
          Errno.EINVAL,
          Errno.EAGAIN,
          Errno.ETIMEDOUT,
          Errno.ECHILD,
          Errno.ESRCH,
          Errno.ETXTBSY,
          Errno.EFBIG,
          Errno.EPERM,
          Errno.ENOSPC);

  @RegisterExtension final Machines machines = new Machines();

  private final long seed = Long.getLong("nommu.seed", 1);
  private final AtomicInteger left = new AtomicInteger(TASKS);

  @Test
  void tasksThatMapShareTraceWaitAndDie_leaveEveryPageFree() throws Exception {
    System.out.println("TenThousandTasksTest: -Dnommu.seed=" + seed);
    Machine machine =
        machines.boot(
            TestBoard.withMebibytes(16).files(Map.of("data", TaskCalls.pattern(6 * PAGE))).build(),
            Profile.DOCUMENT);
    TaskCalls init = new TaskCalls(machine.init());
    long free = machine.freePages();
    init.task().close(init.gathered("/tmp/memory", 8 * PAGE));
    int segment = init.task().ipc().shmget(0x77, PAGE, 01666);
    for (int family = 0; family < FAMILIES; family++) {
      long of = seed * 31 + family;
      init.task().spawn("root", own -> new Session(own, of, segment, Parent.BLIND).raise());
    }
    lookAfterOrphans(init.task());
    assertThat(left.get()).isLessThanOrEqualTo(0);
    init.task().ipc().shmRemove(segment);
    init.task().tree().unlink("/tmp/memory");
    assertThat(machine.check()).isEmpty();
    assertThat(machine.regions()).isEmpty();
    assertThat(machine.freePages()).isEqualTo(free);
    assertThat(machine.log().lines()).noneMatch(line -> line.contains("the program threw"));
  }

  /** Init gets those whose parents end, and lets those go on that want to be traced by it. */
  private static void lookAfterOrphans(Task init) throws ErrnoException {
    try {
      while (true) {
        init.processes().waitpid(-1, 0).ifPresent(child -> goOn(init, child));
      }
    } catch (ErrnoException nobodyLeft) {
      assertThat(nobodyLeft.errno()).isEqualTo(Errno.ECHILD);
    }
  }

  /** Lets a tracee have the signal that stopped it. */
  private static void goOn(Task tracer, WaitResult child) {
    if (child.status() instanceof WaitStatus.Stopped(Signal signal)) {
      try {
        tracer.ptrace().cont(child.pid(), Optional.of(signal));
      } catch (ErrnoException killed) {
        assertThat(killed.errno()).isEqualTo(Errno.ESRCH);
      }
    }
  }

  /** Whether the parent of a task looks after it. */
  private enum Parent {
    WATCHFUL,
    BLIND
  }

  /** What one task does. */
  private final class Session {
    private final Task task;
    private final TaskCalls p;
    private final Random random;
    private final long ownSeed;
    private final int segment;
    private final Parent parent;

    Session(Task task, long ownSeed, int segment, Parent parent) {
      this.parent = parent;
      this.task = task;
      this.p = new TaskCalls(task);
      this.ownSeed = ownSeed;
      this.random = new Random(ownSeed);
      this.segment = segment;
    }

    /** Has children until there were enough of them. */
    int raise() throws Exception {
      for (int i = 0; left.getAndDecrement() > 0; i++) {
        newChild(ownSeed * 10_007 + i, Parent.WATCHFUL);
        if (random.nextInt(4) > 0) {
          tried(() ->
              task.processes()
                  .waitpid(-1, random.nextInt(2))
                  .ifPresent(child -> goOn(task, child)));
        }
      }
      return 0;
    }

    private void newChild(long childSeed, Parent role) throws ErrnoException {
      dev.nommu.kernel.task.Program child =
          own -> new Session(own, childSeed, segment, role).live();
      switch (random.nextInt(6)) {
        case 0 -> task.processes().clone(CLONE_VM, child);
        case 1 -> task.processes().clone(CLONE_VM | CLONE_FILES, child);
        case 2 ->
            task.processes()
                .vfork(own -> new Session(own, childSeed, segment, Parent.BLIND).live());
        default -> task.spawn("child", child);
      }
    }

    int live() throws Exception {
      for (int steps = random.nextInt(8); steps > 0; steps--) {
        tried(this::step);
      }
      if (random.nextInt(8) == 0) {
        left.decrementAndGet();
        newChild(ownSeed * 31 + 1, Parent.BLIND);
      }
      return die();
    }

    private void step() throws Exception {
      switch (random.nextInt(12)) {
        case 0, 1 -> p.anonymous((1 + random.nextInt(3)) * (long) PAGE);
        case 2 -> p.map(p.read("/host/data"), PAGE, PROT_READ, MAP_PRIVATE);
        case 3 -> p.map(p.write("/tmp/memory"), PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
        case 4 -> task.ipc().shmat(segment, 0, 0);
        case 5 -> task.munmap(p.anonymous(PAGE), PAGE);
        case 6 -> trace();
        case 7 -> waitAtFutex();
        case 8 -> pipeToAChild();
        case 9 -> task.time().nanosleep(Duration.ofMillis(random.nextInt(50)));
        case 10 -> task.open("/tmp/own" + task.pid(), OpenFlags.O_CREAT, 0600);
        default -> task.processes().kill(2 + FAMILIES + random.nextInt(TASKS), Signal.SIGKILL);
      }
    }

    /** Who lets itself be traced needs a parent that lets it go on. */
    private void trace() throws ErrnoException {
      if (parent == Parent.WATCHFUL && random.nextBoolean()) {
        task.ptrace().traceMe();
        return;
      }
      left.decrementAndGet();
      Task child =
          task.spawn(
              "traced",
              own -> {
                own.time().nanosleep(Duration.ofMillis(30));
                return 0;
              });
      task.ptrace().attach(child.pid());
      task.processes().waitpid(child.pid());
      task.ptrace().detach(child.pid(), Optional.empty());
    }

    private void waitAtFutex() throws ErrnoException {
      long address = p.anonymous(PAGE);
      Optional<Duration> timeout = Optional.of(Duration.ofMillis(random.nextInt(20)));
      task.ipc().futexWait(address, FutexScope.SHARED, 0, timeout);
    }

    private void pipeToAChild() throws ErrnoException {
      var pipe = task.unnamedFiles().pipe();
      left.decrementAndGet();
      task.spawn(
          "writer", own -> (int) own.write(pipe.write(), MemorySegment.ofArray(new byte[10])));
      task.close(pipe.write());
      task.read(pipe.read(), MemorySegment.ofArray(new byte[10]));
    }

    private int die() throws Exception {
      tried(() -> task.tree().unlink("/tmp/own" + task.pid()));
      return switch (random.nextInt(5)) {
        case 0 -> {
          task.exit(random.nextInt(256));
          yield 0;
        }
        case 1 -> {
          task.processes().kill(task.pid(), Signal.SIGKILL);
          yield 0;
        }
        case 2 -> 3;
        default -> 0;
      };
    }

    private void tried(Step step) throws Exception {
      try {
        step.make();
      } catch (ErrnoException failure) {
        assertThat(ORDINARY).as(failure.describe()).contains(failure.errno());
      }
    }
  }

  private interface Step {
    void make() throws Exception;
  }
}
