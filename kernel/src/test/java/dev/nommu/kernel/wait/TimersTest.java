package dev.nommu.kernel.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.MachineTimer;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.RealClock;
import dev.nommu.kernel.time.SimulatedClock;
import dev.nommu.kernel.time.TimeNeed;
import dev.nommu.kernel.time.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Timers of drivers, by a simulated clock unless stated otherwise. */
@Timeout(20)
final class TimersTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimulatedClock clock = new SimulatedClock();
  private final Timers timers = new Timers(clock, TimeNeed.NOTHING);

  /** The timers that expired, with the second. */
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void threadEnds() throws Exception {
    timers.end();
  }

  private MachineTimer timer(String name) {
    return timers.newTimer("a timer", () -> seen.add(name + clock.nanos() / SECOND.toNanos()));
  }

  /** Waits like a task that sleeps until a deadline. */
  private void sleepUntilSecond(long second) {
    new Sleeper(clock)
        .sleep(new Waiter(clock), SECOND.toNanos() * second, Urgency.HANDLED, "a test");
  }

  @Test
  void wait08_timers_goOffInTheOrderOfTheirTime() {
    try (MachineClock.Hold _ = clock.hold()) {
      timer("b").startOnce(SECOND.multipliedBy(3));
      timer("a").startOnce(SECOND);
      timer("c").startOnce(SECOND.multipliedBy(3));
      sleepUntilSecond(10);
    }
    assertThat(seen).containsExactly("a1", "b3", "c3");
  }

  @Test
  void wait08_periodicTimer_goesOffAtEachPeriodUntilItIsCancelled() {
    MachineTimer timer = timer("t");
    try (MachineClock.Hold _ = clock.hold()) {
      timer.startPeriodic(SECOND.multipliedBy(2));
      sleepUntilSecond(7);
      timer.cancel();
      sleepUntilSecond(20);
    }
    assertThat(seen).containsExactly("t2", "t4", "t6");
  }

  @Test
  void wait08_timerThatIsStartedAgain_forgetsTheFirstTime() {
    MachineTimer timer = timer("t");
    try (MachineClock.Hold _ = clock.hold()) {
      timer.startPeriodic(SECOND);
      timer.startOnce(SECOND.multipliedBy(3));
      sleepUntilSecond(9);
    }
    assertThat(seen).containsExactly("t3");
  }

  @Test
  void wait08_timer_mayStartAndCancelItselfWhenItGoesOff() {
    AtomicReference<MachineTimer> self = new AtomicReference<>();
    self.set(
        timers.newTimer(
            "a timer",
            () -> {
              seen.add("t");
              if (seen.size() < 3) {
                self.get().startOnce(SECOND);
              } else {
                self.get().cancel();
              }
            }));
    try (MachineClock.Hold _ = clock.hold()) {
      self.get().startPeriodic(SECOND);
      sleepUntilSecond(9);
    }
    assertThat(seen).hasSize(3);
  }

  @Test
  void wait08_delayOfNothingOrLess_isAtOnce() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    timers.newTimer("both", both::countDown).startOnce(Duration.ZERO);
    timers.newTimer("both", both::countDown).startOnce(SECOND.negated());
    both.await();
    assertThat(clock.nanos()).isZero();
  }

  @Test
  void wait08_periodOfNothing_isRefused() {
    MachineTimer timer = timer("t");
    assertThatThrownBy(() -> timer.startPeriodic(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wait08_timeBeyondCounting_neverComes() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
    try (MachineClock.Hold _ = clock.hold()) {
      timer("a").startOnce(longest);
      timer("b").startPeriodic(longest);
      sleepUntilSecond(5);
    }
    assertThat(seen).isEmpty();
  }

  /** If time passed for the timer, it would be long past the fifth second. */
  @Test
  void wait09_whileNobodyWaits_timeDoesNotPassForATimer() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    timers.newTimer("first", first::countDown).startOnce(Duration.ZERO);
    first.await();
    timer("t").startPeriodic(SECOND);
    sleepUntilSecond(5);
    assertThat(clock.nanos()).isEqualTo(5 * SECOND.toNanos());
    assertThat(seen.getFirst()).isEqualTo("t1");
  }

  @Test
  void wait09_whileAProgramRuns_timeStandsStill() {
    try (MachineClock.Hold _ = clock.hold()) {
      timer("t").startOnce(SECOND);
      assertThat(clock.nanos()).isZero();
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void wait09_waitForADevice_letsTimePassToTheNextTimer() throws Exception {
    FileWaitQueue queue = FileWaitQueue.ofDevice("a sample");
    timers
        .newTimer(
            "a timer",
            () -> {
              seen.add("sample");
              queue.wakeAll();
            })
        .startPeriodic(SECOND);
    awaitThree(queue);
    assertThat(clock.nanos()).isEqualTo(3 * SECOND.toNanos());
  }

  /** Waits for three samples, like an operation called by a program. */
  private void awaitThree(FileWaitQueue queue) throws Exception {
    try (MachineClock.Hold _ = clock.hold()) {
      new Sleeper(clock)
          .call(() ->
              FileWaitQueue.during(
                  new Free(), () -> queue.await(() -> seen.size() == 3, Duration.ofDays(1))));
    }
  }

  /** An operation without locks. */
  private static final class Free implements FileOperation {
    @Override
    public boolean isNonblocking() {
      return false;
    }

    @Override
    public void letGo(Waiter waiter) {}

    @Override
    public void takeBack(Waiter waiter) {}

    @Override
    public void requireOpen() {}
  }

  @Test
  void wait10_end_cancelsAllAndLaterStartsDoNothing() throws Exception {
    MachineTimer timer = timer("t");
    timer.startPeriodic(SECOND);
    timers.end();
    timer.startOnce(Duration.ZERO);
    sleepUntilSecond(3);
    assertThat(seen).isEmpty();
  }

  @Test
  void wait10_end_waitsForWhatIsCalled() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    timers
        .newTimer(
            "a timer",
            () -> {
              called.countDown();
              awaitByJavasMeans(goOn);
            })
        .startOnce(Duration.ZERO);
    called.await();
    assertThat(timers.calling()).isNotEmpty();
    Thread ending = Thread.ofVirtual().start(this::end);
    while (ending.isAlive() && ending.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(ending.isAlive()).isTrue();
    goOn.countDown();
    ending.join();
    assertThat(timers.calling()).isEmpty();
  }

  private void end() {
    try {
      timers.end();
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  private static void awaitByJavasMeans(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  @Test
  void wait08_byTheHostsClock_itTakesAsLongAsItSays() throws Exception {
    RealClock real = new RealClock();
    Timers byHost = new Timers(real, TimeNeed.NOTHING);
    CountDownLatch thrice = new CountDownLatch(3);
    long begin = real.nanos();
    byHost.newTimer("thrice", thrice::countDown).startPeriodic(Duration.ofMillis(2));
    thrice.await();
    assertThat(real.nanos() - begin).isGreaterThanOrEqualTo(Duration.ofMillis(6).toNanos());
    byHost.end();
  }
}
