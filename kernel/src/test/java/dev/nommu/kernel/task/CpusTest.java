package dev.nommu.kernel.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.RealClock;
import dev.nommu.kernel.time.SimulatedClock;
import dev.nommu.kernel.time.TimeNeed;
import dev.nommu.kernel.wait.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that take turns on the processors of a machine. */
@Timeout(30)
final class CpusTest {
  private static final int ROUNDS = 200;

  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  private static Machine boot(Kernel kernel) throws Exception {
    return kernel.boot(TestBoard.withMebibytes(8).build());
  }

  private static Machine bootWithOneCpu() throws Exception {
    return boot(Kernel.standard().withCpus(1));
  }

  static List<Supplier<MachineClock>> clocks() {
    return List.of(SimulatedClock::new, RealClock::new);
  }

  @Test
  void programsThatComputeForEver_keepNobodyOut() throws Exception {
    try (Machine machine = boot(Kernel.standard())) {
      Program loop =
          task -> {
            while (true) {
              task.processes().schedYield();
            }
          };
      Task parent =
          machine
              .init()
              .spawn(
                  "parent",
                  task -> {
                    for (int i = 0; i < 30; i++) {
                      task.spawn("loop", loop);
                    }
                    return 0;
                  });
      assertThat(parent.join()).isEqualTo(new WaitStatus.Exited(0));
      for (int i = 0; i < 100; i++) {
        Task last = machine.init().spawn("last", task -> 7);
        assertThat(last.join()).isEqualTo(new WaitStatus.Exited(7));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("clocks")
  void wait15_withOneCpu_noTwoProgramsRunAtOnce(Supplier<MachineClock> clock) throws Exception {
    AtomicInteger running = new AtomicInteger();
    try (Machine machine = boot(Kernel.standard().withCpus(1).withClock(clock))) {
      Program counting =
          task -> {
            for (int i = 0; i < ROUNDS; i++) {
              assertThat(running.incrementAndGet()).isEqualTo(1);
              Thread.onSpinWait();
              running.decrementAndGet();
              if (i % 3 == 0) {
                task.time().nanosleep(Duration.ofNanos(i));
              } else {
                task.processes().schedYield();
              }
            }
            return 0;
          };
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tasks.add(machine.init().spawn("counting", counting));
      }
      for (Task task : tasks) {
        assertThat(task.join()).as("%s", task.failure()).isEqualTo(new WaitStatus.Exited(0));
      }
    }
  }

  @Test
  void wait15_withOneCpu_whoeverYieldsGoesBehindTheOthers() throws Exception {
    try (Machine machine = bootWithOneCpu()) {
      Task maker =
          machine
              .init()
              .spawn(
                  "maker",
                  task -> {
                    for (String name : List.of("a", "b", "c")) {
                      task.spawn(
                          name,
                          child -> {
                            for (int i = 0; i < 3; i++) {
                              told.add(name);
                              child.processes().schedYield();
                            }
                            return 0;
                          });
                    }
                    return 0;
                  });
      maker.join();
      machine.powerOff();
    }
    assertThat(told).startsWith("a", "b", "c");
  }

  @Test
  void wait15_withOneCpu_timersGoOffBeforeWhoIsWokenAtTheSameMoment() throws Exception {
    SimulatedClock clock = new SimulatedClock();
    clock.limitCpus(1);
    Timers timers = new Timers(clock, TimeNeed.DEADLINE);
    try (Machine machine = boot(Kernel.standard().withClock(() -> clock))) {
      Task task =
          machine
              .init()
              .spawn(
                  "sleeping",
                  own -> {
                    timers
                        .newTimer("a timer", () -> told.add("timer"))
                        .startOnce(Duration.ofMillis(1));
                    own.time().nanosleep(Duration.ofMillis(1));
                    told.add("program");
                    return 0;
                  });
      task.join();
    }
    timers.end();
    assertThat(told).containsExactly("timer", "program");
  }

  @Test
  void wait15_programThatWaitsForItsTurn_isKilledWhenItComes() throws Exception {
    CountDownLatch enough = new CountDownLatch(1);
    try (Machine machine = bootWithOneCpu()) {
      Task greedy =
          machine
              .init()
              .spawn(
                  "greedy",
                  task -> {
                    enough.await();
                    return 0;
                  });
      Task waiting =
          machine
              .init()
              .spawn(
                  "waiting",
                  task -> {
                    task.processes().schedYield();
                    told.add("ran");
                    return 0;
                  });
      machine.init().processes().kill(waiting.pid(), Signal.SIGKILL);
      assertThat(waiting.status()).isEmpty();
      enough.countDown();
      assertThat(waiting.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGKILL));
      greedy.join();
      assertThat(machine.check()).isEmpty();
    }
    assertThat(told).isEmpty();
  }

  @Test
  void wait15_machineThatIsClosed_waitsForNoTurn() throws Exception {
    CountDownLatch enough = new CountDownLatch(1);
    Machine machine = bootWithOneCpu();
    machine
        .init()
        .spawn(
            "greedy",
            task -> {
              while (enough.getCount() > 0) {
                Thread.onSpinWait();
              }
              return 0;
            });
    Task waiting = machine.init().spawn("waiting", task -> 0);
    machine.close(Duration.ofMillis(200));
    assertThat(waiting.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGKILL));
    assertThat(machine.log().lines()).anyMatch(line -> line.contains("greedy"));
    enough.countDown();
    machine.close();
  }

  @Test
  void wait15_lessThanOneCpu_isRefused() {
    assertThatThrownBy(() -> Kernel.standard().withCpus(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 0");
  }
}
