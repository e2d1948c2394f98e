package dev.nommu.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.kernel.wait.Sleeper;
import dev.nommu.kernel.wait.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A clock that advances when no thread can run. */
@Timeout(20)
final class SimulatedClockTest {
  private static final long SECOND = 1_000_000_000;

  private final SimulatedClock clock = new SimulatedClock();
  private final List<Thread> programs = new ArrayList<>();

  /** Prepares a thread that counts as running from now on. */
  private Thread program(Runnable what) {
    Thread thread =
        Thread.ofVirtual()
            .unstarted(() -> {
              try {
                what.run();
              } finally {
                clock.finish(Thread.currentThread());
              }
            });
    clock.begin(thread);
    programs.add(thread);
    return thread;
  }

  private void runAll() throws InterruptedException {
    programs.forEach(Thread::start);
    for (Thread each : programs) {
      each.join();
    }
  }

  private Wakeup sleep(long deadline) {
    return sleep(new Waiter(clock), deadline);
  }

  private Wakeup sleep(Waiter waiter, long deadline) {
    return new Sleeper(clock).sleep(waiter, deadline, Urgency.HANDLED, "a test");
  }

  @Test
  void clock_beginsAtTheEpoch() {
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void timedWait_ofAYearTakesNoTime() {
    assertThat(sleep(clock.after(Duration.ofDays(365)))).isEqualTo(Wakeup.TIMED_OUT);
    assertThat(clock.instant()).isEqualTo("1971-01-01T00:00:00Z");
  }

  @Test
  void deadlineThatIsOver_isNotWaitedFor() throws Exception {
    program(() -> assertThat(sleep(0)).isEqualTo(Wakeup.TIMED_OUT));
    program(() -> {});
    runAll();
    assertThat(clock.nanos()).isZero();
  }

  @Test
  void sleepers_getUpInTheOrderOfTheirDeadlines() throws Exception {
    List<Long> seen = Collections.synchronizedList(new ArrayList<>());
    for (long deadline : new long[] {5, 1, 3, 3, 2}) {
      program(() -> {
        sleep(deadline * SECOND);
        seen.add(clock.nanos() / SECOND);
      });
    }
    runAll();
    assertThat(seen).containsExactly(1L, 2L, 3L, 3L, 5L);
  }

  @Test
  void whileAProgramRuns_timeStandsStill() throws Exception {
    CountDownLatch asleep = new CountDownLatch(1);
    AtomicReference<Waiter> sleeper = new AtomicReference<>();
    program(() -> {
      sleeper.set(new Waiter(clock));
      asleep.countDown();
      assertThat(sleep(sleeper.get(), SECOND)).isEqualTo(Wakeup.WOKEN);
    });
    program(() -> {
      awaitByJavasMeans(asleep);
      while (!sleeper.get().asleep()) {
        Thread.onSpinWait();
      }
      assertThat(clock.nanos()).isZero();
      assertThat(sleeper.get().wake()).isTrue();
    });
    runAll();
    assertThat(clock.nanos()).isZero();
  }

  private static void awaitByJavasMeans(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  /** The waker waits for a deadline at once; the woken thread must still come first. */
  @Test
  void whoIsWoken_countsAsRunningFromTheWakeUpOn() throws Exception {
    int rounds = 500;
    Waiter[] waiters = new Waiter[rounds];
    CountDownLatch[] made = new CountDownLatch[rounds];
    for (int i = 0; i < rounds; i++) {
      made[i] = new CountDownLatch(1);
    }
    List<Long> seen = Collections.synchronizedList(new ArrayList<>());
    program(() -> {
      for (int round = 0; round < rounds; round++) {
        waiters[round] = new Waiter(clock);
        made[round].countDown();
        assertThat(sleep(waiters[round], MachineClock.NEVER)).isEqualTo(Wakeup.WOKEN);
        seen.add(clock.nanos() / SECOND);
      }
    });
    program(() -> {
      for (int round = 0; round < rounds; round++) {
        awaitByJavasMeans(made[round]);
        waiters[round].wake();
        sleep((round + 1) * SECOND);
      }
    });
    runAll();
    for (int round = 0; round < rounds; round++) {
      assertThat(seen.get(round)).isEqualTo(round);
    }
  }

  @Test
  void wakeUp_countsOnceAndForOne() {
    Waiter waiter = new Waiter(clock);
    assertThat(waiter.wake()).isTrue();
    assertThat(waiter.wake()).isFalse();
    assertThat(sleep(waiter, SECOND)).isEqualTo(Wakeup.WOKEN);
    assertThat(clock.nanos()).isZero();
  }

  @Test
  void heldClock_standsStillUntilItsHolderWaitsItself() throws Exception {
    AtomicReference<Wakeup> end = new AtomicReference<>();
    Waiter[] waiter = new Waiter[1];
    CountDownLatch made = new CountDownLatch(1);
    Thread other =
        Thread.ofVirtual()
            .unstarted(() -> {
              waiter[0] = new Waiter(clock);
              made.countDown();
              end.set(sleep(waiter[0], SECOND));
            });
    try (MachineClock.Hold _ = clock.hold()) {
      other.start();
      made.await();
      while (!waiter[0].asleep()) {
        Thread.onSpinWait();
      }
      assertThat(clock.nanos()).isZero();
      assertThat(sleep(2 * SECOND)).isEqualTo(Wakeup.TIMED_OUT);
    }
    other.join();
    assertThat(end).hasValue(Wakeup.TIMED_OUT);
    assertThat(clock.nanos()).isEqualTo(2 * SECOND);
  }

  @Test
  void signal_endsTheWaitsThatAreNoMoreUrgent() {
    Sleeper sleeper = new Sleeper(clock);
    sleeper.signalWakeUp(Urgency.HANDLED);
    assertThat(sleeper.sleep(new Waiter(clock), MachineClock.NEVER, Urgency.HANDLED, "a test"))
        .isEqualTo(Wakeup.INTERRUPTED);
    assertThat(sleeper.sleep(new Waiter(clock), SECOND, Urgency.FATAL, "a test"))
        .isEqualTo(Wakeup.TIMED_OUT);
    sleeper.clearSignalPending();
    assertThat(sleeper.sleep(new Waiter(clock), 2 * SECOND, Urgency.HANDLED, "a test"))
        .isEqualTo(Wakeup.TIMED_OUT);
    sleeper.signalWakeUp(Urgency.FATAL);
    sleeper.clearSignalPending();
    assertThat(sleeper.sleep(new Waiter(clock), MachineClock.NEVER, Urgency.FATAL, "a test"))
        .isEqualTo(Wakeup.INTERRUPTED);
  }

  @Test
  void interruptOfTheHostsThread_endsTheWaitAndStays() {
    Thread.currentThread().interrupt();
    assertThat(sleep(MachineClock.NEVER)).isEqualTo(Wakeup.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void realClock_takesAsLongAsItSays() {
    RealClock real = new RealClock();
    long deadline = real.after(Duration.ofMillis(5));
    assertThat(new Sleeper(real).sleep(new Waiter(real), deadline, Urgency.HANDLED, "a test"))
        .isEqualTo(Wakeup.TIMED_OUT);
    assertThat(real.nanos()).isGreaterThanOrEqualTo(deadline);
  }
}
