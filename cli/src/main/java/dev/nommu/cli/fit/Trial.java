package dev.nommu.cli.fit;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.cli.board.OpenBoard;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.run.ScenarioRun;
import dev.nommu.kernel.Machine;
import dev.nommu.scenario.Call;
import dev.nommu.scenario.Explainer;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioLine;
import dev.nommu.scenario.Vocabulary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One machine that carries out a workload, with its free memory at each step. */
final class Trial implements Explainer {
  private final Machine machine;
  private final Vocabulary vocabulary;
  private final List<Step> steps = new ArrayList<>();
  private final List<ErrnoException> failures = new ArrayList<>(); // guarded by this
  private FreeMemory free;

  private Trial(Machine machine, Vocabulary vocabulary) {
    this.machine = machine;
    this.vocabulary = vocabulary;
    this.free = FreeMemory.of(machine);
  }

  /**
   * Boots a machine and carries out a workload.
   *
   * @throws CommandException if a program does not exist or is not executable, or the scenario
   *     cannot continue
   */
  static Outcome of(OpenBoard board, Workload work)
      throws CommandException, IOException, InterruptedException {
    List<Outcome> outcome = new ArrayList<>();
    board.work(machine -> outcome.add(new Trial(machine, board.vocabulary()).run(work)));
    return outcome.getFirst();
  }

  private Outcome run(Workload work) throws CommandException, InterruptedException {
    FreeMemory start = free;
    for (String program : work.programs()) {
      load(program);
    }
    if (work.scenario().isPresent()) {
      run(work.scenario().get());
    }
    return new Outcome(start, steps);
  }

  private void load(String program) throws CommandException {
    try {
      machine.init().spawn(program).processes().execve(program, List.of(program), List.of());
    } catch (ErrnoException failure) {
      if (failure.errno() != Errno.ENOMEM) {
        throw new CommandException(
            ExitCode.USAGE, "nommu fit: %s: %s".formatted(program, failure.describe()), failure);
      }
      add(failure);
    }
    end(program);
  }

  private void run(Scenario scenario) throws CommandException, InterruptedException {
    Map<Integer, String> texts = new HashMap<>();
    for (ScenarioLine line : scenario.lines()) {
      if (line instanceof ScenarioLine.Statement statement) {
        texts.put(statement.number(), statement.text());
      }
    }
    List<String> begun = new ArrayList<>();
    ScenarioRun.run(
        scenario,
        new MachinePort(machine, this, vocabulary),
        line -> {},
        number -> {
          begun.forEach(this::end);
          begun.clear();
          begun.add(texts.get(number));
        });
    begun.forEach(this::end);
  }

  @Override
  public void failed(Call call, ErrnoException failure) {
    add(failure);
  }

  private synchronized void add(ErrnoException failure) {
    failures.add(failure);
  }

  private synchronized void end(String step) {
    FreeMemory now = FreeMemory.of(machine);
    steps.add(new Step(step, free.bytes() - now.bytes(), now, failures));
    failures.clear();
    free = now;
  }
}
