package dev.nommu.scenario;

import dev.nommu.scenario.AnswerWriter.Block;
import dev.nommu.scenario.AnswerWriter.Inline;
import dev.nommu.scenario.AnswerWriter.Question;
import dev.nommu.scenario.AnswerWriter.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A run of a scenario on a machine by the program that recorded the results of a real kernel: the
 * program's input, and its output as a transcript. The names of addresses depend on the mappings at
 * the end of a call, so each line must be passed on while the program waits in its {@code write}.
 * Not thread-safe.
 */
public final class RecorderRun {
  private static final String INDENT = "    ";

  private final Scenario scenario;
  private final RecorderProgram program;
  private final RecorderAnswers answers;
  private final AddressNames names;
  private final AnswerWriter writer;
  private final Evaluator evaluator;
  private final Map<String, Long> variables = new HashMap<>();
  private final Map<String, Question> started = new HashMap<>();
  private final Map<Integer, RecorderResult> results = new HashMap<>();
  private final List<String> transcript = new ArrayList<>();
  private Optional<Question> next = Optional.empty();
  private boolean begun;
  private int line;

  /**
   * Prepares a run.
   *
   * @param kernel the kernel that the program runs on
   * @param vocabulary contains the names of ioctls
   * @throws ScenarioException if a text cannot be evaluated
   * @throws IllegalArgumentException if the program cannot do a call
   */
  public RecorderRun(Scenario scenario, KernelPort kernel, Vocabulary vocabulary)
      throws ScenarioException {
    this.scenario = scenario;
    this.program = RecorderProgram.of(scenario, vocabulary);
    this.answers = new RecorderAnswers(vocabulary);
    this.names = new AddressNames(kernel);
    this.writer = new AnswerWriter(names);
    this.evaluator = new Evaluator(scenario.name(), variables);
  }

  /** Returns the program's input: one operation on each line. */
  public String program() {
    return program.text();
  }

  /**
   * Takes a line of the program's output.
   *
   * @throws ScenarioException if an argument cannot be evaluated
   */
  public void accept(String written) throws ScenarioException {
    Optional<RecorderResult> result = RecorderResult.parse(written);
    if (result.isPresent()) {
      results.put(result.get().index(), result.get());
      advance();
    }
  }

  /** Returns the transcript; steps that the program did not reach are marked. */
  public Transcript transcript() {
    List<String> lines = new ArrayList<>(transcript);
    for (int i = line; i < scenario.lines().size(); i++) {
      lines.add(
          switch (scenario.lines().get(i)) {
            case ScenarioLine.Remark(String text) -> text;
            case ScenarioLine.Statement statement -> statement.text() + " = (not run)";
          });
    }
    return new Transcript(lines);
  }

  private void advance() throws ScenarioException {
    if (!begun && results.keySet().containsAll(program.first())) {
      List<RecorderResult> asked = results(program.first());
      answers.begin(asked.get(0), asked.get(1));
      begun = true;
      comeToNext();
    }
    while (begun && line < scenario.lines().size() && hasAnswered()) {
      ScenarioLine.Statement statement = (ScenarioLine.Statement) scenario.lines().get(line);
      transcript.addAll(write(statement));
      line++;
      comeToNext();
    }
  }

  private List<RecorderResult> results(List<Integer> operations) {
    return operations.stream().map(each -> Objects.requireNonNull(results.get(each))).toList();
  }

  /** Returns the operations of the next step. */
  private List<Integer> operations() {
    return Objects.requireNonNull(program.steps().get(line));
  }

  private boolean hasAnswered() {
    return results.keySet().containsAll(operations());
  }

  /** Copies remarks, and evaluates the next call before the program makes it. */
  private void comeToNext() throws ScenarioException {
    while (line < scenario.lines().size()
        && scenario.lines().get(line) instanceof ScenarioLine.Remark(String text)) {
      transcript.add(text);
      line++;
    }
    if (line < scenario.lines().size()
        && scenario.lines().get(line) instanceof ScenarioLine.Statement statement) {
      next = question(statement.step());
    }
  }

  private Optional<Question> question(Step step) throws ScenarioException {
    return switch (step) {
      case Step.Run(String process, var variable, Invocation invocation) ->
          Optional.of(question(process, variable, invocation));
      case Step.Start(String process, var variable, Invocation invocation) ->
          Optional.of(question(process, variable, invocation));
      case Step.Spawn _, Step.Join _, Step.Exit _ -> Optional.empty();
    };
  }

  private Question question(String process, Optional<String> variable, Invocation invocation)
      throws ScenarioException {
    Arguments arguments = evaluator.arguments(invocation.arguments());
    if (invocation.call().maps(arguments)) {
      if (!started.isEmpty()) {
        names.mayBeUnmapped();
      }
      names.forgetUnmapped();
    }
    return new Question(process, variable, invocation.call(), arguments);
  }

  private List<String> write(ScenarioLine.Statement statement) {
    List<RecorderResult> its = results(operations());
    return switch (answered(statement.step(), its)) {
      case Inline(String text) -> List.of(statement.text() + " = " + text);
      case Block(List<String> block) -> block(statement.text(), block);
    };
  }

  private static List<String> block(String text, List<String> block) {
    if (block.isEmpty()) {
      return List.of(text + " = (empty)");
    }
    List<String> lines = new ArrayList<>(List.of(text + " ="));
    block.forEach(each -> lines.add((INDENT + each).stripTrailing()));
    return lines;
  }

  private Written answered(Step step, List<RecorderResult> its) {
    return switch (step) {
      case Step.Spawn(String process) -> made(process, its);
      case Step.Run(String process, var _, Invocation _) ->
          called(next.orElseThrow(), process, its);
      case Step.Start(String process, var _, Invocation _) -> {
        started.put(process, next.orElseThrow());
        yield new Inline("(started)");
      }
      case Step.Join(String process) ->
          called(Optional.ofNullable(started.remove(process)).orElseThrow(), process, its);
      case Step.Exit(String process, Expression.Numeric _) -> ended(process, its);
    };
  }

  private Written made(String process, List<RecorderResult> its) {
    RecorderResult made = its.get(2);
    if (made.isError()) {
      return new Inline(AnswerWriter.returned(new Answer.Returned(made.value())));
    }
    answers.made(process, its);
    return new Inline("0");
  }

  private Written called(Question question, String process, List<RecorderResult> its) {
    RecorderResult last = its.getLast();
    if (last.number('d').isPresent()) {
      return ended(process, its);
    }
    if (last.number('n').isPresent()) {
      return new Inline("(no such process)");
    }
    Answer answer = answers.answer(question.call(), question.arguments(), its);
    if (question.call().mayUnmap(question.arguments())) {
      names.mayBeUnmapped();
    }
    question.variable().ifPresent(name -> variables.put(name, last.value()));
    return writer.write(question, answer);
  }

  private Written ended(String process, List<RecorderResult> its) {
    answers.ended(process);
    names.mayBeUnmapped();
    long status = its.getLast().number('d').orElse(0L);
    long signal = status & 0x7f;
    return new Inline(
        signal == 0
            ? "(exited %d)".formatted(status >> 8)
            : "(killed by signal %d)".formatted(signal));
  }
}
