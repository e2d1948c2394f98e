package dev.nommu.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.kernel.wait.Sleeper;
import dev.nommu.kernel.wait.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A clock that is advanced by hand, and a custom clock. */
@Timeout(20)
final class ManualClockTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2020-01-01T00:00:00Z"));

  /** A thread that waits for a deadline. */
  private record Sleeping(Waiter waiter, CompletableFuture<Wakeup> end) {
    static Sleeping until(MachineClock clock, long deadline) {
      CompletableFuture<Waiter> asleep = new CompletableFuture<>();
      CompletableFuture<Wakeup> end = new CompletableFuture<>();
      Sleeper sleeper = new Sleeper(clock);
      Thread.ofVirtual()
          .start(() -> {
            Waiter waiter = new Waiter(clock);
            asleep.complete(waiter);
            end.complete(sleeper.sleep(waiter, deadline, Urgency.HANDLED, "a test"));
          });
      return new Sleeping(asleep.join(), end);
    }
  }

  @Test
  void clock_standsStillUntilItIsMoved() {
    assertThat(clock.instant()).isEqualTo("2020-01-01T00:00:00Z");
    assertThat(clock.nanos()).isZero();
    clock.advance(Duration.ofMillis(1500));
    assertThat(clock.instant()).isEqualTo("2020-01-01T00:00:01.500Z");
    assertThat(clock.nanos()).isEqualTo(1_500_000_000);
  }

  @Test
  void clock_neverGoesBack() {
    assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    clock.advance(Duration.ofNanos(Long.MAX_VALUE));
    assertThatThrownBy(() -> clock.advance(Duration.ofNanos(1)))
        .isInstanceOf(ArithmeticException.class);
    assertThat(clock.nanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void wait_endsWhenTheClockIsMovedToItsDeadlineAndNotBefore() {
    Sleeping sleeping = Sleeping.until(clock, 10);
    clock.advance(Duration.ofNanos(9));
    assertThat(sleeping.waiter().ended()).isNull();
    clock.advance(Duration.ofNanos(1));
    assertThat(sleeping.end().join()).isEqualTo(Wakeup.TIMED_OUT);
  }

  @Test
  void waiterThatIsWoken_doesNotWaitForTheClock() {
    Sleeping sleeping = Sleeping.until(clock, 10);
    assertThat(sleeping.waiter().wake()).isTrue();
    assertThat(sleeping.end().join()).isEqualTo(Wakeup.WOKEN);
  }

  @Test
  void moveWhileThreadsLieDown_endsAllWaits() {
    List<Sleeping> all = new CopyOnWriteArrayList<>();
    for (int deadline = 1; deadline <= 200; deadline++) {
      all.add(Sleeping.until(clock, deadline));
      clock.advance(Duration.ofNanos(1));
    }
    all.forEach(each -> assertThat(each.end().join()).isEqualTo(Wakeup.TIMED_OUT));
  }

  /** Passes twice as fast as the host's. */
  private static final class HastyClock extends PassingClock {
    private final long start = System.nanoTime();
    private final AtomicLong asked = new AtomicLong();

    @Override
    public long nanos() {
      return 2 * (System.nanoTime() - start);
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusNanos(nanos());
    }

    @Override
    protected long hostNanos(long deadline) {
      asked.incrementAndGet();
      return (deadline - nanos()) / 2;
    }
  }

  @Test
  void clockOfOnesOwn_isWaitedForByItsOwnTime() {
    HastyClock hasty = new HastyClock();
    long deadline = hasty.after(Duration.ofMillis(20));
    assertThat(Sleeping.until(hasty, deadline).end().join()).isEqualTo(Wakeup.TIMED_OUT);
    assertThat(hasty.nanos()).isGreaterThanOrEqualTo(deadline);
    assertThat(hasty.asked).hasPositiveValue();
  }
}
