package dev.nommu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.nommu.cli.console.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands that the documents show have the options that there are. */
final class DocumentedCommandsTest {
  private static final Pattern COMMAND =
      Pattern.compile("^\\./nommu (?!bench)(.*?)(?:\\s+[#<>|].*)?$", Pattern.MULTILINE);

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  private static List<String> commands() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("../docs"))) {
      List<Path> documents =
          Stream.concat(Stream.of(Path.of("../README.md")), pages)
              .filter(page -> page.toString().endsWith(".md"))
              .sorted()
              .toList();
      List<String> commands =
          documents.stream().flatMap(DocumentedCommandsTest::commands).distinct().toList();
      assertThat(commands).hasSizeGreaterThan(40);
      return commands;
    }
  }

  private static Stream<String> commands(Path document) {
    try {
      return COMMAND.matcher(Files.readString(document)).results().map(each -> each.group(1));
    } catch (IOException unreadable) {
      throw new AssertionError(document.toString(), unreadable);
    }
  }

  private static String word(MatchResult found) {
    return Stream.of(1, 2, 3).map(found::group).filter(text -> text != null).findFirst().orElse("");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void command_isUnderstood(String command) {
    String[] words =
        WORD.matcher(command).results().map(DocumentedCommandsTest::word).toArray(String[]::new);
    assertThatCode(() -> Main.commandLine(Console.ofProcess()).parseArgs(words))
        .doesNotThrowAnyException();
  }
}
