package dev.nommu.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.campaign.Slate.Page;
import dev.nommu.tck.session.Capsule;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A member runs the ranges that it is given, each once, and leaves those that it has lost. */
@Timeout(60)
final class RangeRunTest {
  private static final Plan PLAN =
      new Plan(
          Capsule.VERSION,
          List.of(Slate.TYPE),
          "",
          "",
          List.of(Work.SESSIONS),
          List.of(Profile.DOCUMENT),
          new Seeds(1, 100),
          20);
  private static final Lease FIRST = new Lease(0, "a", 0);
  private static final Lease SECOND = new Lease(1, "a", 1);

  private final Map<Lease, String> results = new HashMap<>();

  private static RangeRun run(Supplier<Page> maker) throws Exception {
    return new RangeRun(PLAN, List.of(Slate.tested(maker)), 1);
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private boolean hasResults(RangeRun run, int wanted) {
    run.results().forEach((lease, result) -> assertThat(results.put(lease, result)).isNull());
    return results.size() == wanted;
  }

  @Test
  void ranges_areRunInTheirOrder_eachOnce() throws Exception {
    try (RangeRun run = run(Page::new)) {
      run.run(List.of(SECOND, FIRST));
      await(() -> hasResults(run, 2));
      run.run(List.of(SECOND, FIRST));
      assertThat(run.waiting()).isEmpty();
      assertThat(run.seeds()).isEmpty();
      assertThat(run.results()).isEmpty();
    }
    assertThat(results).containsOnlyKeys(FIRST, SECOND);
    assertThat(StateText.readHarvest(results.get(FIRST)).seeds()).isEqualTo(1);
  }

  @Test
  void threadThatHangs_isReplaced_onceItsRangeIsSomebodyElses() throws Exception {
    try (RangeRun run = run(Slate.Hanging::new)) {
      List<Lease> all = all();
      run.run(all);
      await(() -> isHanging(run));
      List<Lease> others = all.stream().filter(lease -> !run.seeds().containsKey(lease)).toList();
      long before = results.size();
      run.run(others);
      await(() -> !run.seeds().isEmpty() || hasResults(run, (int) before + 1));
      assertThat(others).hasSize(all.size() - 1);
    }
  }

  private static List<Lease> all() {
    return IntStream.range(0, PLAN.ranges())
        .mapToObj(range -> new Lease(range, "a", range))
        .toList();
  }

  /** A seed takes milliseconds. */
  private boolean isHanging(RangeRun run) {
    Map<Lease, Long> then = run.seeds();
    long since = System.nanoTime();
    while (run.seeds().equals(then) && !then.isEmpty()) {
      results.putAll(run.results());
      if (System.nanoTime() - since > Duration.ofSeconds(2).toNanos()) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  @Test
  void wanted_isWhatTheThreadsRunInATime() throws Exception {
    try (RangeRun run = run(Page::new)) {
      assertThat(run.wanted(Duration.ofSeconds(1))).isEqualTo(2);
      run.run(all());
      await(() -> hasResults(run, PLAN.ranges()));
      assertThat(run.wanted(Duration.ofDays(1))).isEqualTo(1000);
      assertThat(run.wanted(Duration.ZERO)).isEqualTo(1);
    }
  }
}
