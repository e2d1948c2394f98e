package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioRunner;
import dev.nommu.scenario.Transcript;
import dev.nommu.scenario.TranscriptComparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A scenario and what a real kernel answered.
 *
 * @param text the list of calls; the recorded answers lie beside it
 */
record RecordedScenario(Path text) {
  private static final String SUFFIX = ".txt";

  /** Returns the scenarios of a folder of the recordings, by name. */
  static List<RecordedScenario> in(String folder) {
    try (Stream<Path> files = Files.list(recordings().resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .map(RecordedScenario::new)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns the folder of all recordings. */
  static Path recordings() {
    return projectRoot().resolve("conformance/src/test/resources/linux-6.12");
  }

  /** Returns the folder of the project. */
  static Path projectRoot() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("boards/oracle.dts"))) {
      at = at.getParent();
    }
    return at;
  }

  /** Returns the board of the recorded machine. */
  static Board board() throws IOException {
    return Board.read(projectRoot().resolve("boards/oracle.dts"));
  }

  String name() {
    String file = text.getFileName().toString();
    return file.substring(0, file.length() - SUFFIX.length());
  }

  /** Runs the scenario on a machine of its own and compares line for line. */
  void assertEqual(Board board, Profile profile) throws Exception {
    Transcript expected = Transcript.read(text.resolveSibling(name() + ".out"));
    try (Machine machine = Machine.boot(board, profile)) {
      ScenarioRunner runner = new ScenarioRunner(Scenario.parse(text), new MachinePort(machine));
      Transcript actual = runner.run(line -> {});
      assertThat(TranscriptComparison.firstDifference(name(), expected, actual)).isEmpty();
      assertThat(machine.check()).isEmpty();
      machine.tasks().forEach(task -> task.exit());
      assertThat(machine.check()).isEmpty();
    }
  }
}
