package dev.nommu.cli.run;

import dev.nommu.cli.board.BoardOptions;
import dev.nommu.cli.board.OpenBoard;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.scenario.Scenario;
import dev.nommu.tck.session.Capsule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs scenarios. */
@Command(
    name = "run",
    header = "Runs scenarios: lists of system calls, written with their results.",
    description = {
      "Runs lists of system calls and writes each with its result after it, as strace does.",
      "",
      "One scenario is written to the standard output while it runs. Several need --out: each runs"
          + " on a separate machine.",
      "",
      "A step may state its result, as in close(3) = 0: a transcript can be run again, and"
          + " differences are listed at the end. docs/SCENARIOS.md lists all calls and forms."
    },
    footer = {
      "  nommu run examples/session.txt",
      "  nommu run --explain examples/session.txt",
      "  echo 'cat(\"/proc/devices\")' | nommu run -",
      "  nommu run --sanitize session.txt",
      "  nommu run --board boards/oracle.dts --profile linux-6.12 session.txt | diff - session.out",
      "  nommu run --out answers sessions/*.txt"
    })
public final class RunCommand implements Callable<Integer> {
  @Mixin private final BoardOptions board = new BoardOptions();

  @Option(
      names = "--explain",
      description =
          "Below each failed call, as comments, why and in which class; below each mmap, how its"
              + " result came about.")
  private boolean explain;

  @Option(
      names = "--sanitize",
      description = {
        "After each step, on the standard error, report errors that no call reports: stray stores,"
            + " use after munmap, double closes, leaks and more. With the lines of both sides, such"
            + " as the store and the mmap."
      })
  private boolean sanitize;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = {
        "Write the transcript of NAME.txt to DIR/NAME.out. DIR is created if missing."
      })
  private Optional<Path> out = Optional.empty();

  @Parameters(
      arity = "1..*",
      paramLabel = "SCENARIO",
      description = {
        "Files with one call a line; - is the standard input. Or a capsule: a folder with a"
            + " session, its board and the name of its plugin."
      })
  private List<Path> scenarios = List.of();

  private final Console console;

  /** Creates the command, which writes to a console. */
  public RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    if (scenarios.size() > 1 && out.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE, "nommu run: several scenarios need --out DIR, for one file each");
    }
    if (Capsule.isAt(scenarios.getFirst())) {
      return replay();
    }
    ScenarioRun.Detail detail = explain ? ScenarioRun.Detail.REASONS : ScenarioRun.Detail.RESULTS;
    try (OpenBoard open = board.open(console)) {
      ScenarioRun run = new ScenarioRun(open, detail, this::watch);
      if (out.isPresent()) {
        return new ScenarioBatch(run, out.get(), open.vocabulary(), console).run(scenarios);
      }
      run.of(
          ScenarioRun.parse(scenarios.getFirst(), console.in(), open.vocabulary()), console::line);
      return ExitCode.OK;
    }
  }

  private int replay() throws CommandException, IOException, InterruptedException {
    if (scenarios.size() > 1 || out.isPresent()) {
      throw new CommandException(ExitCode.USAGE, "nommu run: a capsule is run by itself");
    }
    try (OpenBoard open = board.open(console)) {
      new CapsuleRun(open.machines().plugins().path(), console).of(scenarios.getFirst());
      return ExitCode.OK;
    }
  }

  private Watch watch(Scenario scenario) {
    return sanitize ? new FindingNotes(scenario.name(), console) : Watch.NONE;
  }
}
