package dev.nommu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form of a transcript that a real kernel's recordings show. */
class RecordedTranscriptTest {
  static List<Recording> recordings() throws Exception {
    return Recording.all();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void rawAnswers_areWrittenAsRecorded(Recording recording) throws Exception {
    Transcript written =
        new ScenarioRunner(recording.scenario(), new ReplayedKernel(recording)).run(_ -> {});
    List<String> recorded =
        recording.transcript().lines().stream()
            .filter(line -> !line.startsWith("    # kernel:"))
            .toList();
    assertThat(written.lines()).containsExactlyElementsOf(recorded);
  }
}
