package dev.nommu.cli.run;

import dev.nommu.api.HostFailure;
import dev.nommu.cli.board.OpenBoard;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.trail.Reasons;
import dev.nommu.scenario.Explainer;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioException;
import dev.nommu.scenario.Transcript;
import dev.nommu.scenario.TranscriptComparison.Difference;
import dev.nommu.scenario.Vocabulary;
import dev.nommu.tck.trail.Remark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** Runs scenarios, each on a separate machine. */
public final class ScenarioRun {
  private static final String STANDARD_INPUT = "-";

  /** More than the runner's own watchdog allows a step. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final OpenBoard board;
  private final Detail detail;
  private final Function<Scenario, Watch> watches;
  private final Duration patience;

  /** The level of detail of a transcript. */
  public enum Detail {
    /** The answers of all calls. */
    RESULTS,
    /** Also why each call failed and how each mapping was decided. */
    REASONS
  }

  /**
   * Prepares runs on machines with a board.
   *
   * @param watches supplies the watch of each run
   */
  public ScenarioRun(OpenBoard board, Detail detail, Function<Scenario, Watch> watches) {
    this(board, detail, watches, PATIENCE);
  }

  ScenarioRun(
      OpenBoard board, Detail detail, Function<Scenario, Watch> watches, Duration patience) {
    this.board = board;
    this.detail = detail;
    this.watches = watches;
    this.patience = patience;
  }

  /**
   * Reads a scenario.
   *
   * @param file its path; {@code -} for the standard input
   * @param in the standard input
   * @param vocabulary the names that it can use
   * @throws CommandException if it does not exist or is invalid: with file, line and column
   */
  public static Scenario parse(Path file, InputStream in, Vocabulary vocabulary)
      throws CommandException {
    try {
      return file.toString().equals(STANDARD_INPUT)
          ? Scenario.parse("standard input", in.readAllBytes(), vocabulary)
          : Scenario.parse(file, vocabulary);
    } catch (ScenarioException malformed) {
      throw CommandException.of(ExitCode.USAGE, malformed);
    } catch (IOException unreadable) {
      throw new CommandException(
          ExitCode.USAGE, file + ": " + HostFailure.reason(unreadable), unreadable);
    }
  }

  /**
   * Runs a scenario.
   *
   * @param lines receives each line of the transcript as soon as it is known
   * @throws CommandException if the scenario cannot continue, a result differs from the stated one,
   *     or the machine's books are wrong
   */
  public void of(Scenario scenario, Consumer<String> lines)
      throws CommandException, IOException, InterruptedException {
    Watch watch = watches.apply(scenario);
    try {
      run(scenario, lines, watch);
    } finally {
      watch.tell();
    }
  }

  private void run(Scenario scenario, Consumer<String> lines, Watch watch)
      throws CommandException, IOException, InterruptedException {
    board.work(
        watch.sanitizer(),
        machine -> {
          Reasons reasons = new Reasons(machine.board());
          Explainer explainer =
              switch (detail) {
                case RESULTS -> Explainer.NONE;
                case REASONS -> reasons;
              };
          MachinePort port = new MachinePort(machine, explainer, board.vocabulary());
          Transcript transcript =
              new AttendedRun(scenario, patience)
                  .run(
                      port,
                      line -> {
                        lines.accept(line);
                        reasons.take().stream().map(Remark::comment).forEach(lines);
                        watch.tell();
                      },
                      watch::begun);
          requireAsStated(scenario, transcript);
        });
  }

  private static void requireAsStated(Scenario scenario, Transcript transcript)
      throws CommandException {
    if (!transcript.differences().isEmpty()) {
      throw new CommandException(
          ExitCode.FAILED,
          transcript.differences().stream()
              .map(difference -> told(scenario, difference))
              .collect(Collectors.joining("\n")));
    }
  }

  private static String told(Scenario scenario, Difference difference) {
    return "%s:%d: expected %s%n  found %s"
        .formatted(
            scenario.name(),
            difference.expected().number(),
            difference.expected().text(),
            difference.actual().text());
  }

  /**
   * Runs a scenario on a freshly booted machine.
   *
   * @param lines receives each line of the transcript as soon as it is known
   * @throws CommandException if the scenario cannot continue
   */
  public static void run(Scenario scenario, MachinePort port, Consumer<String> lines)
      throws CommandException, InterruptedException {
    run(scenario, port, lines, number -> {});
  }

  /**
   * Runs a scenario as above.
   *
   * @param begun receives the number of each line with a step before it runs
   */
  public static void run(
      Scenario scenario, MachinePort port, Consumer<String> lines, IntConsumer begun)
      throws CommandException, InterruptedException {
    new AttendedRun(scenario, PATIENCE).run(port, lines, begun);
  }
}
