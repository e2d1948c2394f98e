package dev.nommu.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Profile;
import dev.nommu.cli.board.Machines;
import dev.nommu.cli.board.OpenBoard;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.Console.Progress;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.console.Output;
import dev.nommu.cli.text.Palette;
import dev.nommu.scenario.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever happens in one scenario, every one has its transcript. */
final class ScenarioBatchTest {
  private static final String STEPS = "sync()\nsync()\nsync()\n";

  private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
  private final Path out = files.getPath("/out");
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void release() throws IOException {
    released.countDown();
    files.close();
  }

  private Path scenario(String name, String text) throws IOException {
    return Files.writeString(files.getPath("/" + name), text);
  }

  /** Runs scenarios of which those of one name are hindered before their second step. */
  private int run(Runnable hindrance, Path... scenarios) throws Exception {
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new Output(told),
            new Output(err),
            Palette.NONE,
            Progress.DROPPED);
    Function<Scenario, Watch> watches =
        scenario -> scenario.name().equals("/bad.txt") ? hindering(hindrance) : Watch.NONE;
    try (OpenBoard board = OpenBoard.builtIn(Machines.under(Profile.DOCUMENT))) {
      ScenarioRun run =
          new ScenarioRun(board, ScenarioRun.Detail.RESULTS, watches, Duration.ofMillis(500));
      return new ScenarioBatch(run, out, board.vocabulary(), console).run(List.of(scenarios));
    }
  }

  private static Watch hindering(Runnable hindrance) {
    return new Watch() {
      @Override
      public void begun(int line) {
        if (line == 2) {
          hindrance.run();
        }
      }
    };
  }

  private void waitForEver() {
    boolean isReleased = false;
    while (!isReleased) {
      try {
        released.await();
        isReleased = true;
      } catch (InterruptedException _) {
        // what an interrupt does not end
      }
    }
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private void assertThatTheOthersRan() {
    assertThat(out.resolve("one.out")).hasContent("sync() = 0\nsync() = 0\nsync() = 0");
    assertThat(out.resolve("two.out")).hasSameTextualContentAs(out.resolve("one.out"));
    assertThat(told.toString(StandardCharsets.UTF_8)).startsWith("2 of 3 scenarios run");
    assertThat(said()).contains("nommu run: failed: /bad.txt\n");
  }

  @Test
  void scenarioThatEndsWithAnInternalError_hasItsTranscriptSoFar() throws Exception {
    Runnable bug =
        () -> {
          throw new AssertionError("impossible");
        };
    int exitCode =
        run(
            bug,
            scenario("one.txt", STEPS),
            scenario("bad.txt", STEPS),
            scenario("two.txt", STEPS));
    assertThat(exitCode).isEqualTo(ExitCode.FAILED);
    assertThat(out.resolve("bad.out"))
        .hasContent("sync() = 0\n# internal error: java.lang.AssertionError: impossible");
    assertThat(said()).contains("which is a bug of nommu: java.lang.AssertionError: impossible");
    assertThatTheOthersRan();
  }

  @Test
  void scenarioThatNeverEnds_isGivenUp() throws Exception {
    int exitCode =
        run(
            this::waitForEver,
            scenario("one.txt", STEPS),
            scenario("bad.txt", STEPS),
            scenario("two.txt", STEPS));
    assertThat(exitCode).isEqualTo(ExitCode.FAILED);
    assertThat(out.resolve("bad.out"))
        .content()
        .startsWith("sync() = 0\n# /bad.txt:2:1: expected a step that ends, found");
    assertThatTheOthersRan();
  }

  @Test
  void scenarioThatCannotBeRead_hasATranscriptThatSaysWhy() throws Exception {
    int exitCode =
        run(
            () -> {},
            scenario("one.txt", STEPS),
            scenario("bad.txt", "snc()\n"),
            scenario("two.txt", STEPS));
    assertThat(exitCode).isEqualTo(ExitCode.USAGE);
    assertThat(out.resolve("bad.out")).content().startsWith("# /bad.txt:1:1: expected a call");
    assertThatTheOthersRan();
  }
}
