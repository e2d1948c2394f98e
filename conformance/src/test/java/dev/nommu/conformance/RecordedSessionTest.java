package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioRunner;
import dev.nommu.scenario.Transcript;
import dev.nommu.scenario.TranscriptComparison;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Sessions in which the recorded kernel loses pages for ever: its answers are given, and no page is
 * lost. Its memory was of another size, so that /proc/meminfo is not compared.
 */
final class RecordedSessionTest {
  private static final String MEMINFO = "cat(\"/proc/meminfo\") =";
  private static final String LINE_OF_A_FILE = "    ";

  @Test
  void trunc08_fileCutUnderACopyThatIsMappedShared_isAnsweredAsRecordedAndLosesNoPage()
      throws Exception {
    RecordedScenario session = RecordedScenario.in("sessions").getFirst();
    Transcript expected = Transcript.read(session.text().resolveSibling(session.name() + ".out"));
    try (Machine machine = Machine.boot(RecordedScenario.board(), Profile.LINUX_6_12)) {
      long copied = machine.mappedCopyPages();
      Transcript actual =
          new ScenarioRunner(Scenario.parse(session.text()), new MachinePort(machine))
              .run(line -> assertThat(machine.check()).as(line).isEmpty());
      assertThat(
              TranscriptComparison.firstDifference(
                  session.name(), comparable(expected), comparable(actual)))
          .isEmpty();
      assertThat(machine.mappedCopyPages()).isEqualTo(copied);
      machine.tasks().forEach(Task::exit);
      assertThat(machine.check()).isEmpty();
    }
  }

  private static Transcript comparable(Transcript transcript) {
    List<String> lines = new ArrayList<>();
    boolean meminfo = false;
    for (String line : transcript.lines()) {
      meminfo = line.equals(MEMINFO) || (meminfo && line.startsWith(LINE_OF_A_FILE));
      if (!meminfo) {
        lines.add(line);
      }
    }
    return new Transcript(lines);
  }
}
