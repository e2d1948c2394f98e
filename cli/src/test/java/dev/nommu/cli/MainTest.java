package dev.nommu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.cli.board.OpenBoard;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Terminal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
  @ParameterizedTest
  @ValueSource(strings = {"run %s", "board --board %s", "image ls %s", "screen --png %s"})
  void pathThatNoHostCanHave_isAMistake(String command) {
    Run run = Run.of((Object[]) command.formatted("a\0b").split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("expected a path", "found 'a\\000b'").doesNotContain("java.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"matrix", "run", "explain", "board"})
  void helpOfACommand_hasExamplesAndExitCodes(String command) {
    Run run = Run.of(command, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("Usage: nommu " + command, "--board", "--profile", "document, linux-6.12")
        .contains("Exit codes:\n  0 ", "Examples:\n  nommu " + command);
  }

  @Test
  void help_listsTheCommands() {
    Run run = Run.of("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsSubsequence("  matrix ", "  run ", "  explain ", "  board ");
  }

  @Test
  void noCommand_showsTheHelpAsAMistake() {
    Run run = Run.of();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Usage: nommu", "Commands:");
  }

  @ParameterizedTest
  @CsvSource({
    "matrx, unknown command 'matrx' (did you mean matrix",
    "matrix --bord, unknown option '--bord' (did you mean --board or --bootargs?)",
    "matrix x, unknown argument 'x'",
    "matrix --format=cvs, 'expected text or markdown or csv, found ''cvs'''",
    "run --profile=linux x, 'expected document or linux-6.12, found ''linux'''",
    "run, SCENARIO",
  })
  void mistake_isNamedWithWhatWasProbablyMeant(String line, String message) {
    Run run = Run.of((Object[]) line.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(message, "Try 'nommu").hasLineCount(2);
  }

  @Test
  void version_isPrinted() {
    Run run = Run.of("--version");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("nommu ");
  }

  @Test
  void colours_areForWhoeverWantsThem() {
    assertThat(Terminal.wantsColours(Map.of("TERM", "xterm"))).isTrue();
    assertThat(Terminal.wantsColours(Map.of("NO_COLOR", ""))).isTrue();
    assertThat(Terminal.wantsColours(Map.of("NO_COLOR", "1"))).isFalse();
    assertThat(Terminal.wantsColours(Map.of("TERM", "dumb"))).isFalse();
  }

  @Test
  void wrongBooks_endTheCommandAsAnInternalError() {
    assertThatCode(() -> OpenBoard.requireSound(List.of())).doesNotThrowAnyException();
    assertThatThrownBy(() -> OpenBoard.requireSound(List.of("3 pages are missing", "more")))
        .isInstanceOfSatisfying(
            CommandException.class, end -> assertThat(end.exitCode()).isEqualTo(1))
        .hasMessageContainingAll("internal error", "\n  3 pages are missing\n  more");
  }
}
