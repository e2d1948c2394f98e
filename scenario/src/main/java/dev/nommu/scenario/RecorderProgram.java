package dev.nommu.scenario;

import dev.nommu.scenario.RecorderCalls.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scenario as read by the program that recorded the results of a real kernel: one operation on
 * each line, with its number, the process, whether it is waited for, the variable that stores its
 * result, and its arguments.
 *
 * @param text the lines
 * @param first the operations before the first step
 * @param steps the operations of each line with a step, by the index of the line
 */
record RecorderProgram(String text, List<Integer> first, Map<Integer, List<Integer>> steps) {
  static final String MAPS = "/proc/maps";
  static final String MEMINFO = "/proc/meminfo";
  private static final String NO_VARIABLE = "-";

  /**
   * Translates a scenario.
   *
   * @throws ScenarioException if a text cannot be evaluated
   * @throws IllegalArgumentException if the program cannot do a call
   */
  static RecorderProgram of(Scenario scenario, Vocabulary vocabulary) throws ScenarioException {
    return new Translation(scenario, vocabulary).translate();
  }

  /** The translation of one scenario. */
  private static final class Translation {
    private final Scenario scenario;
    private final RecorderArgument arguments;
    private final RecorderCalls calls;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Integer> processes = new HashMap<>(Map.of(Step.MAIN, 0));
    private int count;

    Translation(Scenario scenario, Vocabulary vocabulary) {
      this.scenario = scenario;
      this.arguments = new RecorderArgument(scenario.name());
      this.calls = new RecorderCalls(arguments, vocabulary);
    }

    RecorderProgram translate() throws ScenarioException {
      List<Integer> first = List.of(ask(MAPS), ask(MEMINFO));
      Map<Integer, List<Integer>> steps = new HashMap<>();
      for (int i = 0; i < scenario.lines().size(); i++) {
        if (scenario.lines().get(i) instanceof ScenarioLine.Statement statement) {
          steps.put(i, operations(statement.step()));
        }
      }
      return new RecorderProgram(text.toString(), first, steps);
    }

    private List<Integer> operations(Step step) throws ScenarioException {
      return switch (step) {
        case Step.Spawn(String process) -> spawn(process);
        case Step.Run(String process, var variable, Invocation invocation) ->
            call(process, 's', variable, invocation);
        case Step.Start(String process, var variable, Invocation invocation) ->
            call(process, 'a', variable, invocation);
        case Step.Join(String process) ->
            List.of(add(process, 's', NO_VARIABLE, new Operation('J', List.of())));
        case Step.Exit(String process, Expression.Numeric status) ->
            List.of(
                add(process, 's', NO_VARIABLE, new Operation('E', List.of(arguments.of(status)))));
      };
    }

    /** Records the mappings before and after, whose difference is those of the process. */
    private List<Integer> spawn(String process) {
      processes.put(process, processes.size());
      int mapsBefore = ask(MAPS);
      int memoryBefore = ask(MEMINFO);
      int made = add(process, 's', NO_VARIABLE, new Operation('X', List.of()));
      return List.of(mapsBefore, memoryBefore, made, ask(MAPS), ask(MEMINFO));
    }

    private List<Integer> call(
        String process, char mode, Optional<String> variable, Invocation invocation)
        throws ScenarioException {
      List<Operation> operations = calls.operations(invocation);
      String kept = variable.map(this::number).orElse(NO_VARIABLE);
      List<Integer> added = new ArrayList<>();
      for (Operation each : operations) {
        added.add(add(process, mode, kept(operations, each, kept), each));
      }
      return added;
    }

    private String number(String variable) {
      return Integer.toString(arguments.variable(variable));
    }

    /**
     * Returns the variable for a result: of several operations the first opens a file, whose
     * descriptor is stored.
     */
    private String kept(List<Operation> all, Operation one, String otherwise) {
      if (all.size() == 1) {
        return otherwise;
      }
      return one.equals(all.getFirst()) ? number(RecorderCalls.FILE_OF_SYSCTL) : NO_VARIABLE;
    }

    private int ask(String path) {
      return add(Step.MAIN, 's', NO_VARIABLE, Operation.contents(path));
    }

    private int add(String process, char mode, String variable, Operation operation) {
      int number = processes.getOrDefault(process, 0);
      text.append("%d %d %s %s %s".formatted(count, number, mode, variable, operation.letter()));
      operation.arguments().forEach(each -> text.append(' ').append(each));
      text.append('\n');
      return count++;
    }
  }
}
