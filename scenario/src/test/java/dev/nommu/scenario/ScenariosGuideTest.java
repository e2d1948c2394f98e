package dev.nommu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/SCENARIOS.md} describes the calls that the parser knows. */
class ScenariosGuideTest {
  private static final Path GUIDE = Path.of("../docs/SCENARIOS.md");
  private static final Pattern EXAMPLE = Pattern.compile("```\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CALL_LINE = Pattern.compile("\\| `\\w+\\(.*");

  private String guide = "";

  @BeforeEach
  void read() throws IOException {
    guide = Files.readString(GUIDE);
  }

  private static String line(Call call) {
    String ways =
        call.signatures().stream()
            .map(signature -> "`" + call.name() + signature + "`")
            .collect(Collectors.joining(" or "));
    return "| %s | %s |".formatted(ways, call.summary());
  }

  @Test
  void everyCall_isThereWithItsParameters() {
    Stream<String> lines =
        guide
            .substring(guide.indexOf("\n## Calls\n"))
            .lines()
            .filter(text -> CALL_LINE.matcher(text).matches());
    assertThat(lines)
        .containsExactlyElementsOf(
            CallTable.calls().stream().map(ScenariosGuideTest::line).toList());
  }

  @Test
  void everyExample_canBeRead() throws ScenarioException {
    List<String> examples =
        EXAMPLE.matcher(guide).results().map(example -> example.group(1)).toList();
    assertThat(examples).hasSizeGreaterThan(1);
    for (String example : examples) {
      assertThat(Scenario.parse("docs/SCENARIOS.md", example).lines()).isNotEmpty();
    }
  }

  @Test
  void everyOperator_isThere() {
    for (Operator operator : Operator.values()) {
      assertThat(guide).contains("`" + operator.symbol().replace("|", "\\|") + "`");
    }
  }
}
