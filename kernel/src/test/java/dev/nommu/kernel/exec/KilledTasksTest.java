package dev.nommu.kernel.exec;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes driven by one thread and killed by another at any moment: while they map, open, create
 * tasks, execute. Their calls are seeded, the moment of the kill is not. Nothing may be left.
 */
final class KilledTasksTest {
  private static final int VICTIMS = 100;
  private static final int MOST_CALLS = 20_000;

  /** CLONE_VM, CLONE_SIGHAND and CLONE_THREAD. */
  private static final long THREAD = 0x10900;

  private static final long SECONDS_UNTIL_DEADLOCK = 60;
  private static final byte[] PROGRAM =
      new FlatFile().text(TaskCalls.pattern(5000)).data(TaskCalls.pattern(100)).stack(4096).bytes();

  @RegisterExtension final Machines machines = new Machines();

  private Machine machine;
  private TaskCalls init;

  private void boot() throws ErrnoException {
    machine =
        machines.boot(
            TestBoard.withMebibytes(16).files(Map.of("data", TaskCalls.pattern(6 * PAGE))).build(),
            Profile.DOCUMENT);
    init = new TaskCalls(machine.init());
    Exec.install(init, "/tmp/program", PROGRAM);
    init.task().close(init.gathered("/tmp/memory", 4 * PAGE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void tasksKilledWhileTheyCall_leaveNothing(long seed) throws Exception {
    boot();
    int segment = init.task().ipc().shmget(1, PAGE, 01600);
    long free = machine.freePages();
    Random random = new Random(seed);
    for (int i = 0; i < VICTIMS; i++) {
      TaskCalls victim = init.other();
      Victim calls = new Victim(victim, segment, random.nextLong());
      killWhile(calls, victim.task());
      assertThat(machine.tasks()).as("seed %d, victim %d", seed, i).hasSize(1);
    }
    assertThat(machine.freePages()).isEqualTo(free);
    assertThat(init.task().ipc().shmStatus(segment).attachments()).isZero();
  }

  private void killWhile(Victim calls, Task victim) throws Exception {
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      Future<Integer> driven = threads.submit(calls::run);
      while (calls.made < calls.killedAfter && !driven.isDone()) {
        Thread.onSpinWait();
      }
      init.task().processes().kill(victim.pid(), Signal.SIGKILL);
      assertThat(driven.get(SECONDS_UNTIL_DEADLOCK, TimeUnit.SECONDS)).isLessThan(MOST_CALLS);
    }
    victim.exit();
  }

  /** Makes calls until one reports that it is dead. */
  private static final class Victim {
    private final TaskCalls p;
    private final int segment;
    private final Random random;
    private final int killedAfter;
    private volatile int made;

    Victim(TaskCalls p, int segment, long seed) {
      this.p = p;
      this.segment = segment;
      this.random = new Random(seed);
      this.killedAfter = random.nextInt(30);
    }

    int run() throws ErrnoException {
      while (made < MOST_CALLS) {
        try {
          step();
        } catch (ErrnoException failure) {
          if (failure.errno() == Errno.ESRCH) {
            return made;
          }
          assertThat(failure.errno())
              .as(failure.getMessage())
              .isIn(Errno.EBADF, Errno.EMFILE, Errno.ENOMEM);
        }
        made++;
      }
      return made;
    }

    private void step() throws ErrnoException {
      Task task = p.task();
      switch (random.nextInt(8)) {
        case 0 -> task.munmap(p.anonymous(3 * PAGE), 3 * PAGE);
        case 1 -> p.map(p.read("/host/data"), 2 * PAGE, PROT_READ, MAP_PRIVATE);
        case 2 -> p.map(p.read("/tmp/memory"), PAGE, PROT_READ, MAP_SHARED);
        case 3 -> task.ipc().shmat(segment, 0, 0);
        case 4 -> task.unnamedFiles().pipe();
        case 5 -> task.processes().clone(THREAD).processes().exitThread(0);
        case 6 -> task.close(task.dup(p.read("/host/data")));
        default -> task.processes().execve("/tmp/program", List.of("program"), List.of());
      }
    }
  }

  @Test
  void descriptorsClosedWhileTheyAreMapped_leaveNoOpenFile() throws Exception {
    boot();
    TaskCalls p = init.other();
    int file = p.read("/tmp/memory");
    p.task().close(file);
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      Future<?> mapping = threads.submit(() -> mapIfOpen(p, file));
      for (int round = 0; round < 2000; round++) {
        p.task().close(p.read("/tmp/memory"));
      }
      mapping.get(SECONDS_UNTIL_DEADLOCK, TimeUnit.SECONDS);
    }
    p.task().exit();
    init.task().tree().unlink("/tmp/memory");
    assertThat(machine.check()).isEmpty();
  }

  private static boolean mapIfOpen(TaskCalls p, int file) throws ErrnoException {
    for (int round = 0; round < 2000; round++) {
      try {
        p.task().munmap(p.map(file, PAGE, PROT_READ, MAP_SHARED), PAGE);
      } catch (ErrnoException closed) {
        assertThat(closed.errno()).as(closed.getMessage()).isEqualTo(Errno.EBADF);
      }
    }
    return true;
  }
}
