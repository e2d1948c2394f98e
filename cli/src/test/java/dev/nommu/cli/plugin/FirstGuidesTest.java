package dev.nommu.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code docs/FIRST-DRIVER.md}, {@code docs/FIRST-FILE-SYSTEM.md} and {@code docs/VERDICTS.md}
 * show is what {@code plugin new} writes, what lies in the file that they name, and what the
 * command answers.
 */
final class FirstGuidesTest {
  private static final Path DOCS = Path.of("../docs");

  private static final Pattern SOURCE =
      Pattern.compile("(?ms)(?:^\\[[^]]+]\\(([^)]+)\\)\\n\\n)?^```(?:java|dts)\\n(.*?)\\n```$");

  private static final Pattern EXPLAINED =
      Pattern.compile("(?ms)^```\\n\\./nommu (explain [^']*)'([^']+)'\\n```\\n\\n```\\n(.*?)^```$");

  private static final Pattern COMMAND =
      Pattern.compile("(?m)^\\./nommu (explain (?:--\\S+ \\S+ )?)'([^']+)'$");

  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)[^)]*\\)");

  @ParameterizedTest
  @CsvSource({"FIRST-DRIVER.md, my-sensor, DEVICE", "FIRST-FILE-SYSTEM.md, my-files, FILESYSTEM"})
  void source_isWrittenByPluginNew_orLiesInTheFileThatIsNamed(
      String page, String name, NewPlugin.Kind kind) throws IOException {
    String made = String.join("\n", new NewPlugin(name, kind, "1").files().values());
    List<MatchResult> sources = SOURCE.matcher(read(page)).results().toList();
    assertThat(sources).hasSizeGreaterThan(3);
    for (MatchResult source : sources) {
      String file = source.group(1);
      assertThat(file == null ? made : read(file)).contains(source.group(2));
    }
  }

  @Test
  void verdict_isTheAnswerOfTheCommand() throws IOException {
    MatchResult shown = EXPLAINED.matcher(read("VERDICTS.md")).results().findFirst().orElseThrow();
    assertThat(Run.of("explain", shown.group(2)).out()).isEqualTo(shown.group(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FIRST-DRIVER.md", "VERDICTS.md"})
  void commandsThatExplain_areAnswered(String page) throws IOException {
    List<MatchResult> commands = COMMAND.matcher(read(page)).results().toList();
    assertThat(commands).isNotEmpty();
    for (MatchResult command : commands) {
      List<String> words = List.of(command.group(1).strip().split(" "));
      Run run =
          words.size() == 1
              ? Run.of("explain", command.group(2))
              : Run.of("explain", words.get(1), words.get(2), command.group(2));
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).contains(command.group(2).substring(0, 5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../README.md", "FIRST-DRIVER.md", "FIRST-FILE-SYSTEM.md", "VERDICTS.md"})
  void link_leadsToAFile(String page) throws IOException {
    Path folder = DOCS.resolve(page).getParent();
    for (MatchResult link : LINK.matcher(read(page)).results().toList()) {
      assertThat(folder.resolve(link.group(1))).exists();
    }
  }

  private static String read(String page) throws IOException {
    return Files.readString(DOCS.resolve(page));
  }
}
