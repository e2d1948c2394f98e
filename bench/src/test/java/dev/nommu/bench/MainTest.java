package dev.nommu.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  /** Before anything is measured. */
  @ParameterizedTest
  @CsvSource({
    "--only=nothing, 'no row title matches nothing'",
    "--docs=/nonexistent, 'found none: /nonexistent/PERFORMANCE.md'",
    "--json=/nonexistent/x.json, 'no such directory: /nonexistent'",
    "--only=(, 'Unclosed group'",
  })
  void wrongArgument_isToldAtOnceWithoutAStackTrace(String argument, String message) {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(told, true, UTF_8);
    assertThat(Main.command(stream, stream).execute(argument)).isEqualTo(2);
    assertThat(told.toString(UTF_8)).contains(message).doesNotContain("\tat ", "1/");
  }

  @Test
  void json_ofTheStandardOutput_isAllOfIt_andFiguresAreToldOnTheStandardErrorMeanwhile() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.command(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
            .execute("--only=counted by JOL", "--json=-");
    assertThat(status).isZero();
    assertThat(out.toString(UTF_8)).startsWith("{").endsWith("}\n").contains("\"anonymous\"");
    assertThat(err.toString(UTF_8)).contains("1/1 heap", "anonymous: ", "task: ");
  }
}
