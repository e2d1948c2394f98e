package dev.nommu.cli.explain;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.text.Colour;
import dev.nommu.cli.trail.Reasons;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import dev.nommu.scenario.Expression;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioException;
import dev.nommu.scenario.ScenarioLine;
import dev.nommu.scenario.ScenarioRunner;
import dev.nommu.scenario.Step;
import dev.nommu.scenario.Transcript;
import dev.nommu.scenario.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Makes one call of {@code mmap} on a machine and explains its result. */
final class ExplainedMmap {
  private final MmapText text;
  private final Machine machine;
  private final Vocabulary vocabulary;
  private final Console console;
  private final Reasons reasons;

  ExplainedMmap(MmapText text, Machine machine, Vocabulary vocabulary, Console console) {
    this.text = text;
    this.vocabulary = vocabulary;
    this.machine = machine;
    this.console = console;
    this.reasons = new Reasons(machine.board());
  }

  /**
   * Makes the call.
   *
   * @throws CommandException if the file cannot be opened
   */
  void explain() throws CommandException, InterruptedException {
    Scenario scenario = MmapScenario.parse(text, flags(), vocabulary);
    Transcript transcript = run(scenario);
    for (int i = 0; i < scenario.lines().size(); i++) {
      ScenarioLine line = scenario.lines().get(i);
      show(line, transcript.lines().get(i).substring(line.text().length()));
    }
    console.line("");
    console.lines(RemarkTable.lines(reasons.take(), console.palette()));
  }

  private void show(ScenarioLine line, String result) throws CommandException {
    if (MmapScenario.isMmap(line)) {
      console.line(console.palette().paint(Colour.STRONG, text.text() + result));
      return;
    }
    console.line(MmapText.withoutVariable(line.text()) + result);
    if (result.startsWith(" = -1 ")) {
      throw new CommandException(ExitCode.FAILED, "nommu explain: the file cannot be opened");
    }
  }

  private Transcript run(Scenario scenario) throws CommandException, InterruptedException {
    try {
      MachinePort port = new MachinePort(machine, reasons, vocabulary);
      return new ScenarioRunner(scenario, port).run(line -> {});
    } catch (ScenarioException impossible) {
      throw CommandException.of(ExitCode.FAILED, impossible);
    }
  }

  /** Returns the flags for opening a path: for writing too, if possible. */
  private String flags() throws CommandException {
    Optional<String> path = text.path().flatMap(ExplainedMmap::unescaped);
    if (path.isEmpty() || failure(path.get(), OpenFlags.O_RDWR).isEmpty()) {
      return "O_RDWR";
    }
    Optional<ErrnoException> failure = failure(path.get(), OpenFlags.O_RDONLY);
    if (failure.isPresent()) {
      throw new CommandException(
          ExitCode.FAILED, "nommu explain: cannot open the file: " + failure.get().describe());
    }
    return "O_RDONLY";
  }

  private Optional<ErrnoException> failure(String path, int flags) {
    Task task = machine.init();
    try {
      task.close(task.open(path, flags));
      return Optional.empty();
    } catch (ErrnoException failure) {
      return Optional.of(failure);
    }
  }

  /** Returns the content of a quoted path, or empty if it is malformed, which is reported later. */
  private static Optional<String> unescaped(String quoted) {
    try {
      ScenarioLine line = Scenario.parse("", "cat(" + quoted + ")").lines().getFirst();
      return line instanceof ScenarioLine.Statement(var _, int _, Step.Run run, var _)
              && run.invocation().arguments().getFirst() instanceof Expression.Literal(byte[] path)
          ? Optional.of(new String(path, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (ScenarioException malformed) {
      return Optional.empty();
    }
  }
}
