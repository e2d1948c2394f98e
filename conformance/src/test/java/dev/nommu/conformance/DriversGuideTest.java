package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/DRIVERS.md} and {@code docs/DEVICETREE.md} quote is what there is. */
class DriversGuideTest {
  /** A link alone on its line, and a piece of the file behind it. */
  private static final Pattern QUOTATION =
      Pattern.compile("\\n\\[[^]]+]\\(([^)]+)\\)\\n\\n```\\w+\\n(.*?)\\n```", Pattern.DOTALL);

  private static final Pattern SOURCE_BLOCK = Pattern.compile("```(java|dts)\\n");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

  private final Path docs = RecordedScenario.projectRoot().resolve("docs");

  @ParameterizedTest
  @ValueSource(strings = {"DRIVERS.md", "DEVICETREE.md"})
  void quotation_standsInTheFile(String page) throws IOException {
    String guide = Files.readString(docs.resolve(page));
    List<MatchResult> quotations = QUOTATION.matcher(guide).results().toList();
    assertThat(quotations).hasSize((int) SOURCE_BLOCK.matcher(guide).results().count());
    for (MatchResult quotation : quotations) {
      String source = Files.readString(docs.resolve(quotation.group(1)));
      assertThat(source).contains(quotation.group(2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DRIVERS.md", "DEVICETREE.md"})
  void link_leadsToAFile(String page) throws IOException {
    String guide = Files.readString(docs.resolve(page));
    for (MatchResult link : LINK.matcher(guide).results().toList()) {
      assertThat(docs.resolve(link.group(1))).exists();
    }
  }

  @Test
  void transcript_isWhatTheScenarioAnswers() throws Exception {
    Path example = docs.resolve("../examples/frame-buffer.txt");
    try (TestMachine machine = TestMachine.of(RecordedScenario.board(), Profile.DOCUMENT)) {
      ScenarioRunner runner =
          new ScenarioRunner(Scenario.parse(example), new MachinePort(machine.machine()));
      assertThat(Files.readString(docs.resolve("DRIVERS.md")))
          .contains(String.join("\n", runner.run(line -> {}).lines()));
    }
  }
}
