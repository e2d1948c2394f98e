package dev.nommu.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names known at a line of a scenario: the variables that are set, and the processes. */
final class Scope {
  private final Vocabulary vocabulary;
  private final Set<String> variables = new HashSet<>();
  private final Map<String, Activity> processes = new HashMap<>(Map.of(Step.MAIN, new Idle()));

  /** Creates a scope with only the constants and the process main. */
  Scope(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Returns the constants. */
  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The state of a process. */
  sealed interface Activity {}

  /** It can run a step. */
  record Idle() implements Activity {}

  /** It is in a step that was started on a line, and that may set a variable. */
  record Busy(int line, Optional<String> variable) implements Activity {}

  /** It ended on a line. */
  record Ended(int line) implements Activity {}

  /** Returns the state of a process, or empty if none with this name was created. */
  Optional<Activity> process(String name) {
    return Optional.ofNullable(processes.get(name));
  }

  /** Sets the state of a process. */
  void set(String process, Activity activity) {
    processes.put(process, activity);
  }

  /** Returns the names of all processes, including ended ones. */
  Collection<String> processes() {
    return processes.keySet();
  }

  /** Marks a variable as set. */
  void setVariable(String name) {
    variables.add(name);
  }

  /** Returns whether a variable is set. */
  boolean isSet(String variable) {
    return variables.contains(variable);
  }

  /** Returns the process whose unfinished step will set a variable, or empty if none will. */
  Optional<String> setLaterBy(String variable) {
    return processes.entrySet().stream()
        .filter(entry -> willSet(entry.getValue(), variable))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean willSet(Activity activity, String variable) {
    return switch (activity) {
      case Busy busy -> busy.variable().filter(variable::equals).isPresent();
      case Idle _, Ended _ -> false;
    };
  }

  /** Returns the names that denote a number: constants and variables. */
  List<String> numbers() {
    List<String> names = new ArrayList<>(vocabulary.names());
    names.addAll(variables);
    return names;
  }
}
