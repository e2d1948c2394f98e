package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.task.Task;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioRunner;
import dev.nommu.scenario.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Recorded sessions around the mapping rules and at their boundaries. The steps that are answered
 * otherwise than by the recorded kernel are those in {@code differences.txt}, with both answers,
 * and no others; what was found is in {@code target/differences.txt}.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class RecordedEdgesTest {
  private static final String FOLDER = "edges";
  private static final String UNREADABLE = "\t\tthe notation lacks its calls";

  private final ConcurrentSkipListMap<String, List<String>> found = new ConcurrentSkipListMap<>();
  private Board board;
  private List<String> expected;
  private List<String> notCompared;

  @BeforeAll
  void readLists() throws IOException {
    board = RecordedScenario.board();
    expected = entries("differences.txt");
    notCompared = entries("not-compared.txt");
  }

  private static List<String> entries(String list) throws IOException {
    return Files.readAllLines(RecordedScenario.recordings().resolve(list)).stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  @AfterAll
  void writeWhatWasFound() throws IOException {
    Files.write(
        RecordedScenario.projectRoot().resolve("conformance/target/differences.txt"),
        found.values().stream().flatMap(List::stream).toList());
  }

  @TestFactory
  Stream<DynamicTest> session_onLinux612_differsWhereTheListSaysSo() {
    return RecordedScenario.in(FOLDER).stream()
        .map(session -> dynamicTest(session.name(), () -> assertListed(session)));
  }

  @Test
  void eachEntry_namesASessionThatIsThere() {
    List<String> sessions =
        RecordedScenario.in(FOLDER).stream().map(RecordedScenario::name).toList();
    assertThat(
            Stream.concat(expected.stream(), notCompared.stream()).map(entry -> column(entry, 0)))
        .isSubsetOf(sessions);
  }

  private void assertListed(RecordedScenario session) throws Exception {
    assumeThat(notCompared).doesNotContain(session.name() + UNREADABLE);
    RecordedSteps recorded =
        RecordedSteps.of(
            session.name(),
            Transcript.read(session.text().resolveSibling(session.name() + ".out")));
    RecordedSteps answered = RecordedSteps.of(session.name(), run(session.text()));
    List<String> differences =
        recorded.differences(answered, step -> isCompared(session.name(), step));
    found.put(session.name(), differences);
    assertThat(differences)
        .isEqualTo(expected.stream().filter(entry -> isOf(session.name(), entry)).toList());
  }

  private Transcript run(Path session) throws Exception {
    Scenario scenario = Scenario.parse(session);
    try (Machine machine = Machine.boot(board, Profile.LINUX_6_12)) {
      Transcript answers = new ScenarioRunner(scenario, new MachinePort(machine)).run(line -> {});
      machine.tasks().forEach(Task::exit);
      assertThat(machine.check()).isEmpty();
      return answers;
    }
  }

  private boolean isCompared(String session, String step) {
    return notCompared.stream()
        .noneMatch(entry -> isOf(session, entry) && step.startsWith(column(entry, 1)));
  }

  private static boolean isOf(String session, String entry) {
    return column(entry, 0).equals(session);
  }

  private static String column(String entry, int index) {
    return entry.split("\t", -1)[index];
  }
}
