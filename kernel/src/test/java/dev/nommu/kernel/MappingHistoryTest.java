package dev.nommu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.MappingHistory;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is mapped, cut and unmapped in whatever order: the books are right after each call. */
final class MappingHistoryTest {
  private static final int HISTORIES = 100;
  private static final int CALLS = 150;

  @RegisterExtension final Machines machines = new Machines();

  @ParameterizedTest
  @EnumSource(Profile.class)
  void generatedHistories_keepTheBooksRight(Profile profile) throws Exception {
    Board board =
        TestBoard.withMebibytes(4)
            .files(Map.of("data", TaskCalls.pattern(4 * TaskCalls.PAGE)))
            .build();
    for (long seed = 1; seed <= HISTORIES; seed++) {
      run(machines.boot(board, profile), seed);
    }
  }

  private static void run(Machine machine, long seed) throws Exception {
    long free = machine.freePages();
    MappingHistory history = new MappingHistory(machine, seed);
    for (int i = 0; i < CALLS; i++) {
      history.step();
      assertThat(machine.check()).as("seed %d: %s", seed, history.calls()).isEmpty();
      assertThat(history.incoherent()).as("seed %d: %s", seed, history.calls()).isEmpty();
    }
    history.end();
    assertThat(machine.check()).as("seed %d, at the end", seed).isEmpty();
    assertThat(machine.freePages()).as("seed %d: pages lost", seed).isEqualTo(free);
  }
}
