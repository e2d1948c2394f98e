package dev.nommu.scenario;

import dev.nommu.scenario.AnswerWriter.Block;
import dev.nommu.scenario.AnswerWriter.Inline;
import dev.nommu.scenario.AnswerWriter.Question;
import dev.nommu.scenario.AnswerWriter.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Runs the steps of a scenario, once. */
public final class ScenarioRunner {
  /** How long {@code join} waits. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The time after which any other step counts as waiting forever. */
  private static final Duration LONGEST_STEP = PATIENCE.plusSeconds(2);

  private static final String INDENT = "    ";

  private final Scenario scenario;
  private final KernelPort kernel;
  private final Duration longestStep;
  private final AddressNames names;
  private final AnswerWriter writer;
  private final Evaluator evaluator;
  private final Map<String, Long> variables = new HashMap<>();
  private final Map<String, ProcessPort> processes = new HashMap<>();
  private final Map<String, Waiting> waiting = new HashMap<>();

  /** A started call. */
  private record Waiting(Question question, ProcessPort.Started started) {}

  /**
   * Prepares a run.
   *
   * @param kernel a machine that has just started; the caller ends the scenario's remaining
   *     processes
   */
  public ScenarioRunner(Scenario scenario, KernelPort kernel) {
    this(scenario, kernel, LONGEST_STEP);
  }

  ScenarioRunner(Scenario scenario, KernelPort kernel, Duration longestStep) {
    this.scenario = scenario;
    this.kernel = kernel;
    this.longestStep = longestStep;
    this.names = new AddressNames(kernel);
    this.writer = new AnswerWriter(names);
    this.evaluator = new Evaluator(scenario.name(), variables);
    processes.put(Step.MAIN, kernel.main());
  }

  /**
   * Runs all steps.
   *
   * @param progress receives each line of the transcript as soon as it is known
   * @return all of these lines
   * @throws ScenarioException if an argument cannot be evaluated, such as a text that is too long,
   *     or a step waits for longer than 10 seconds
   * @throws InterruptedException if the thread is interrupted while it waits in a join
   */
  public Transcript run(Consumer<String> progress) throws ScenarioException, InterruptedException {
    return run(progress, number -> {});
  }

  /**
   * Runs all steps.
   *
   * @param begun receives the line number of each step before it runs
   */
  public Transcript run(Consumer<String> progress, IntConsumer begun)
      throws ScenarioException, InterruptedException {
    List<String> lines = new ArrayList<>();
    StatedResults stated = new StatedResults(scenario.name());
    try (Watchdog watchdog = new Watchdog(longestStep)) {
      for (ScenarioLine line : scenario.lines()) {
        List<String> written =
            switch (line) {
              case ScenarioLine.Remark(String text) -> List.of(text);
              case ScenarioLine.Statement statement -> {
                begun.accept(statement.number());
                List<String> answered = write(statement, watchdog);
                stated.compare(statement, answered, lines.size() + 1);
                yield answered;
              }
            };
        written.forEach(progress);
        lines.addAll(written);
      }
    }
    return new Transcript(lines, stated.differences());
  }

  private List<String> write(ScenarioLine.Statement statement, Watchdog watchdog)
      throws ScenarioException, InterruptedException {
    watchdog.begin();
    Written written = carryOut(statement);
    if (watchdog.end()) {
      throw stillWaiting(statement.number(), "that it is still waiting");
    }
    return switch (written) {
      case Inline(String result) -> List.of(statement.text() + " = " + result);
      case Block(List<String> block) -> block(statement.text(), block);
    };
  }

  private ScenarioException stillWaiting(int line, String found) {
    return new ScenarioException(
        scenario.name(),
        new Position(line, 1),
        "a step that ends within " + PATIENCE.toSeconds() + " s",
        found);
  }

  private static List<String> block(String text, List<String> block) {
    if (block.isEmpty()) {
      return List.of(text + " = (empty)");
    }
    List<String> lines = new ArrayList<>(List.of(text + " ="));
    block.forEach(line -> lines.add((INDENT + line).stripTrailing()));
    return lines;
  }

  private Written carryOut(ScenarioLine.Statement statement)
      throws ScenarioException, InterruptedException {
    return switch (statement.step()) {
      case Step.Spawn(String process) -> spawn(process);
      case Step.Run(String process, var variable, Invocation invocation) -> {
        Question question = question(process, variable, invocation);
        yield answered(question, process(process).call(question.call(), question.arguments()));
      }
      case Step.Start(String process, var variable, Invocation invocation) ->
          start(question(process, variable, invocation));
      case Step.Join(String process) -> join(process, statement.number());
      case Step.Exit(String process, Expression.Numeric status) ->
          exit(process, (int) evaluator.number(status));
    };
  }

  private ProcessPort process(String name) {
    return Optional.ofNullable(processes.get(name))
        .orElseThrow(() -> new IllegalStateException("no process " + name));
  }

  private Written spawn(String process) {
    processes.put(process, kernel.spawn());
    return new Inline("0");
  }

  private Question question(String process, Optional<String> variable, Invocation invocation)
      throws ScenarioException {
    Call call = invocation.call();
    Arguments arguments = evaluator.arguments(invocation.arguments());
    if (call.maps(arguments)) {
      forgetUnmapped();
    }
    return new Question(process, variable, call, arguments);
  }

  private void forgetUnmapped() {
    if (!waiting.isEmpty()) {
      names.mayBeUnmapped();
    }
    names.forgetUnmapped();
  }

  private Written answered(Question question, Answer answer) {
    if (question.call().mayUnmap(question.arguments())) {
      names.mayBeUnmapped();
    }
    question.variable().ifPresent(name -> variables.put(name, answer.value()));
    return writer.write(question, answer);
  }

  private Written start(Question question) {
    ProcessPort process = process(question.process());
    waiting.put(
        question.process(),
        new Waiting(question, process.start(question.call(), question.arguments())));
    return new Inline("(started)");
  }

  private Written join(String process, int line) throws ScenarioException, InterruptedException {
    Waiting call =
        Optional.ofNullable(waiting.remove(process))
            .orElseThrow(() -> new IllegalStateException(process + " has no step to wait for"));
    Optional<Answer> answer = call.started.await(PATIENCE);
    if (answer.isEmpty()) {
      throw stillWaiting(line, "that the step of " + process + " is still waiting");
    }
    return answered(call.question, answer.get());
  }

  private Written exit(String process, int status) {
    process(process).exit(status);
    names.mayBeUnmapped();
    return new Inline("(exited " + (status & 0xff) + ")");
  }
}
