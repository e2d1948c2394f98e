package dev.nommu.kernel.futex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.ipc.FutexScope;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs that wait for each other only by futexes. Time passes only while all of them wait: after
 * a year of it either all have ended or a wake-up was lost.
 */
final class FutexStressTest {
  private static final int PAIRS = 4;
  private static final int ITEMS = 1500;
  private static final int CAPACITY = 2;
  private static final int PLAYERS = 4;
  private static final int TURNS = 20_000;
  private static final long CLONE_VM = 0x100;
  private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();

  @RegisterExtension final Machines machines = new Machines();

  /**
   * Items pass through a small store behind a mutex and two condition variables. {@code
   * -Dnommu.seed=N} repeats a run.
   */
  @ParameterizedTest
  @EnumSource(Profile.class)
  void futex08_programsThatHandItemsOn_loseNoWakeUp(Profile profile) throws Exception {
    long seed = Long.getLong("nommu.seed", System.nanoTime());
    System.out.println("FutexStressTest: -Dnommu.seed=" + seed);
    Task init = machines.boot(profile).init();
    long memory = new TaskCalls(init).anonymous(4096);
    List<Task> programs = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      Random random = new Random(seed + i);
      programs.add(init.processes().clone(CLONE_VM, task -> new Store(task, memory).put(random)));
      programs.add(init.processes().clone(CLONE_VM, task -> new Store(task, memory).take()));
    }
    init.time().nanosleep(Duration.ofDays(365));
    assertThat(programs)
        .as("seed %d", seed)
        .allSatisfy(task -> assertThat(task.status()).contains(new WaitStatus.Exited(0)));
    assertThat(new Store(init, memory).sum()).isEqualTo(PAIRS * ITEMS * (ITEMS - 1) / 2);
  }

  /** A mutex of three states: 0 free, 1 held, 2 held and waited for. */
  private static class Mutex {
    final Task task;
    final long address;

    Mutex(Task task, long address) {
      this.task = task;
      this.address = address;
    }

    MemorySegment word(long at) throws MemoryFault {
      return task.memory(at, Integer.BYTES);
    }

    void lock() throws ErrnoException, MemoryFault {
      if (!WORD.compareAndSet(word(address), 0L, 0, 1)) {
        lockAgain();
      }
    }

    /** Others may wait too: a woken thread leaves the mutex marked as waited for. */
    void lockAgain() throws ErrnoException, MemoryFault {
      while ((int) WORD.getAndSet(word(address), 0L, 2) != 0) {
        await(address, 2, Optional.empty());
      }
    }

    void unlock() throws ErrnoException, MemoryFault {
      if ((int) WORD.getAndSet(word(address), 0L, 0) == 2) {
        task.ipc().futexWake(address, FutexScope.PRIVATE, 1);
      }
    }

    void await(long at, int expected, Optional<Duration> limit) throws ErrnoException {
      try {
        task.ipc().futexWait(at, FutexScope.PRIVATE, expected, limit);
      } catch (ErrnoException failure) {
        if (failure.errno() != Errno.EAGAIN && failure.errno() != Errno.ETIMEDOUT) {
          throw failure;
        }
      }
    }
  }

  /** The store: a mutex, two counters of signals, the number of items, their sum, items. */
  private static final class Store extends Mutex {
    private static final int NOT_FULL = 4;
    private static final int NOT_EMPTY = 8;
    private static final int COUNT = 12;
    private static final int SUM = 16;
    private static final int FIRST = 20;

    Store(Task task, long address) {
      super(task, address);
    }

    int put(Random random) throws ErrnoException, MemoryFault {
      for (int item = 0; item < ITEMS; item++) {
        lock();
        while (get(COUNT) == CAPACITY) {
          Optional<Duration> limit =
              random.nextInt(8) == 0
                  ? Optional.of(Duration.ofNanos(random.nextInt(1000)))
                  : Optional.empty();
          awaitSignal(NOT_FULL, limit);
        }
        set(FIRST + 4 * get(COUNT), item);
        set(COUNT, get(COUNT) + 1);
        signal(NOT_EMPTY, random.nextBoolean());
        unlock();
      }
      return 0;
    }

    int take() throws ErrnoException, MemoryFault {
      for (int i = 0; i < ITEMS; i++) {
        lock();
        while (get(COUNT) == 0) {
          awaitSignal(NOT_EMPTY, Optional.empty());
        }
        set(COUNT, get(COUNT) - 1);
        set(SUM, get(SUM) + get(FIRST + 4 * get(COUNT)));
        signal(NOT_FULL, i % 3 == 0);
        unlock();
      }
      return 0;
    }

    int sum() throws MemoryFault {
      return get(SUM);
    }

    /** As pthread_cond_wait. */
    private void awaitSignal(int condition, Optional<Duration> limit)
        throws ErrnoException, MemoryFault {
      int seen = (int) WORD.getVolatile(word(address + condition), 0L);
      unlock();
      await(address + condition, seen, limit);
      lockAgain();
    }

    /** As pthread_cond_signal, or pthread_cond_broadcast: the others wait for the mutex then. */
    private void signal(int condition, boolean all) throws ErrnoException, MemoryFault {
      int next = (int) WORD.getAndAdd(word(address + condition), 0L, 1) + 1;
      if (!all) {
        task.ipc().futexWake(address + condition, FutexScope.PRIVATE, 1);
        return;
      }
      set(0, 2);
      task.ipc()
          .futexRequeue(
              address + condition, FutexScope.PRIVATE, 1, 99, address, OptionalInt.of(next));
    }

    private int get(int offset) throws MemoryFault {
      return word(address + offset).get(ValueLayout.JAVA_INT, 0);
    }

    private void set(int offset, int value) throws MemoryFault {
      WORD.setVolatile(word(address + offset), 0L, value);
    }
  }

  /** Each wake-up counts: a thread that misses its turn stops all of them. */
  @ParameterizedTest
  @EnumSource(Profile.class)
  void futex08_programsThatTakeTurns_loseNoWakeUp(Profile profile) throws Exception {
    Task init = machines.boot(profile).init();
    long turn = new TaskCalls(init).anonymous(4096);
    List<Task> programs = new ArrayList<>();
    for (int i = 0; i < PLAYERS; i++) {
      int own = i;
      programs.add(init.processes().clone(CLONE_VM, task -> takeTurns(task, turn, own)));
    }
    init.time().nanosleep(Duration.ofDays(365));
    assertThat(programs)
        .allSatisfy(task -> assertThat(task.status()).contains(new WaitStatus.Exited(0)));
  }

  private static int takeTurns(Task task, long turn, int own) throws Exception {
    Mutex table = new Mutex(task, turn);
    int now = 0;
    while (now < TURNS) {
      if (now % PLAYERS == own) {
        WORD.setVolatile(table.word(turn), 0L, now + 1);
        task.ipc().futexWake(turn, FutexScope.PRIVATE, PLAYERS);
      } else {
        table.await(turn, now, Optional.empty());
      }
      now = (int) WORD.getVolatile(table.word(turn), 0L);
    }
    return 0;
  }

  /** The first waiter times out at the very moment at which one is woken. */
  @Test
  void futex08_wakeUpForWhoTimesOut_goesToTheNext() throws Exception {
    Task init = machines.boot(Profile.DOCUMENT).init();
    long address = new TaskCalls(init).anonymous(4096);
    Duration moment = Duration.ofSeconds(1);
    for (int round = 0; round < 300; round++) {
      Task first = waiter(init, address, Duration.ZERO, Optional.of(moment));
      Task next = waiter(init, address, Duration.ofMillis(1), Optional.empty());
      Task waker =
          init.processes()
              .clone(
                  CLONE_VM,
                  task -> {
                    task.time().nanosleep(moment);
                    return task.ipc().futexWake(address, FutexScope.PRIVATE, 1);
                  });
      init.time().nanosleep(Duration.ofDays(1));
      assertThat(List.of(first, next, waker))
          .extracting(Task::status)
          .containsExactly(
              Optional.of(new WaitStatus.Exited(Errno.ETIMEDOUT.number())),
              Optional.of(new WaitStatus.Exited(0)),
              Optional.of(new WaitStatus.Exited(1)));
    }
  }

  private static Task waiter(Task init, long address, Duration later, Optional<Duration> limit)
      throws Exception {
    return init.processes()
        .clone(
            CLONE_VM,
            task -> {
              task.time().nanosleep(later);
              try {
                task.ipc().futexWait(address, FutexScope.PRIVATE, 0, limit);
                return 0;
              } catch (ErrnoException failure) {
                return failure.errno().number();
              }
            });
  }

  @Test
  void futex08_requeueAcrossEachOther_doesNotDeadlock() throws Exception {
    Task init = machines.boot(Profile.DOCUMENT).init();
    long memory = new TaskCalls(init).anonymous(4096);
    List<Task> programs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      long from = memory + 64L * i;
      long to = memory + 64L * (1 - i);
      programs.add(
          init.processes()
              .clone(
                  CLONE_VM,
                  task -> {
                    for (int round = 0; round < 10_000; round++) {
                      task.ipc().futexRequeue(from, FutexScope.PRIVATE, 0, 9, to);
                    }
                    return 0;
                  }));
    }
    for (Task program : programs) {
      assertThat(program.join()).isEqualTo(new WaitStatus.Exited(0));
    }
  }
}
