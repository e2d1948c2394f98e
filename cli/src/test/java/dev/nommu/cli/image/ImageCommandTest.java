package dev.nommu.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code image} and the help of all its commands. */
final class ImageCommandTest {
  @ParameterizedTest
  @ValueSource(strings = {"ls", "cat", "extract", "check", "make"})
  void helpOfACommand_hasExamplesAndExitCodes(String command) {
    Run run = Run.of("image", command, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("Usage: nommu image " + command, "Exit codes:\n  0 ", "  1 ", "  2 ")
        .contains("Examples:\n  nommu image " + command);
  }

  @Test
  void help_listsTheCommands() {
    assertThat(Run.of("image", "--help").out())
        .containsSubsequence("  ls ", "  cat ", "  extract ", "  check ", "  make ", "Examples:");
  }

  @Test
  void commandThatIsNone_isAMistakeWithASuggestion() {
    Run run = Run.of("image", "chek", "x");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("unknown command 'chek' (did you mean check?)");
    assertThat(Run.of("image").exitCode()).isEqualTo(2);
  }
}
