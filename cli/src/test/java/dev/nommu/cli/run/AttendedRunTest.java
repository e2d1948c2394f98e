package dev.nommu.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.cli.board.Machines;
import dev.nommu.cli.board.OpenBoard;
import dev.nommu.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a run may take. */
final class AttendedRunTest {
  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final long LONGER_THAN_PATIENCE = 3 * PATIENCE.toMillis();

  /** A pager that stops reading holds the output up, not a step. */
  @Test
  void outputThatIsReadSlowly_isNoStepThatDoesNotEnd() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    List<String> lines = new ArrayList<>();
    try (OpenBoard board = OpenBoard.builtIn(Machines.under(Profile.DOCUMENT))) {
      new ScenarioRun(board, ScenarioRun.Detail.RESULTS, scenario -> Watch.NONE, PATIENCE)
          .of(
              Scenario.parse("slow", "sync()\nsync()\n"),
              line -> {
                lines.add(line);
                waitFor(never);
              });
    }
    assertThat(lines).containsExactly("sync() = 0", "sync() = 0");
  }

  private static void waitFor(CountDownLatch never) {
    try {
      assertThat(never.await(LONGER_THAN_PATIENCE, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }
}
