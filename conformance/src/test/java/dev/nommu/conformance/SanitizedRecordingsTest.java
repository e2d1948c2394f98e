package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.sanitizer.Finding;
import dev.nommu.kernel.sanitizer.RecordingSanitizer;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioRunner;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What the recorded programs do is right, and the plugins of the project leave nothing behind. */
@TestInstance(Lifecycle.PER_CLASS)
final class SanitizedRecordingsTest {
  private Board board;

  @BeforeAll
  void readBoard() throws Exception {
    board = RecordedScenario.board();
  }

  @TestFactory
  Stream<DynamicTest> recordedScenario_hasNoFinding() {
    return Stream.of("scenarios", "random", "sessions", "edges")
        .flatMap(folder -> RecordedScenario.in(folder).stream())
        .map(scenario ->
            dynamicTest(scenario.name(), () -> assertThat(findings(scenario)).isEmpty()));
  }

  private List<Finding> findings(RecordedScenario scenario) throws Exception {
    RecordingSanitizer sanitizer = new RecordingSanitizer();
    Profile profile =
        scenario.name().equals(RecordedKernelTest.REPAIRED) ? Profile.DOCUMENT : Profile.LINUX_6_12;
    try (Machine machine = Machine.boot(board, profile, sanitizer)) {
      new ScenarioRunner(Scenario.parse(scenario.text()), new MachinePort(machine)).run(line -> {});
    }
    return sanitizer.findings();
  }
}
