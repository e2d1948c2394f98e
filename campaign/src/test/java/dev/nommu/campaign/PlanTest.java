package dev.nommu.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nommu.api.Profile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ranges of a plan are its seeds, each once for each thing that is done with it. */
final class PlanTest {
  private static Plan plan(Seeds seeds, Work... works) {
    return new Plan(
        "0", List.of("A", "B"), "", "", List.of(works), List.of(Profile.values()), seeds, 60);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 999, 2500, 100_001})
  void everySeed_isInOneRangeOfEachAssignment(long count) {
    Plan plan = plan(new Seeds(5, 4 + count), Work.SESSIONS, Work.PROFILES);
    Map<Plan.Assignment, Long> next = new HashMap<>();
    for (int number = 0; number < plan.ranges(); number++) {
      Plan.Range range = plan.range(number);
      assertThat(range.seeds().first())
          .isEqualTo(next.getOrDefault(range.assignment(), plan.seeds().first()));
      next.put(range.assignment(), range.seeds().last() + 1);
    }
    assertThat(next).hasSize(6).allSatisfy((of, end) -> assertThat(end).isEqualTo(5 + count));
    assertThat(plan.total()).isEqualTo(6 * count);
  }

  @Test
  void billionSeeds_areRangesThatCanBeCounted() {
    Plan plan = plan(new Seeds(1, 1_000_000_000), Work.SESSIONS);
    assertThat(plan.ranges()).isBetween(1_000_000, 50_000_000);
    assertThat(plan.range(plan.ranges() - 1).seeds().last()).isEqualTo(1_000_000_000);
  }

  @Test
  void moreSeedsThanCanBeCounted_areRefused() {
    Seeds most = new Seeds(1, Long.MAX_VALUE / 4);
    assertThat(plan(most, Work.SESSIONS).total()).isEqualTo(4 * most.count());
    Seeds more = new Seeds(0, most.last());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(more, Work.SESSIONS))
        .withMessageContaining("found " + more);
  }

  @Test
  void seeds_areReadAsTheyAreWritten() {
    assertThat(Seeds.parse("1..1000000")).isEqualTo(new Seeds(1, 1_000_000));
    assertThat(Seeds.parse("-5..-5").count()).isEqualTo(1);
    assertThat(new Seeds(3, 9)).hasToString("3..9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1..", "..1", "1..x", "2..1", "1...2", "0..9223372036854775807"})
  void seeds_thatAreNone_areRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Seeds.parse(text))
        .withMessageStartingWith("seeds: expected FROM..TO");
  }
}
