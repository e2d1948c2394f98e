package dev.nommu.scenario;

import dev.nommu.scenario.TranscriptComparison.Difference;
import dev.nommu.scenario.TranscriptComparison.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares the results that a scenario states with those that there were, step by step. */
final class StatedResults {
  private final ComparedLines expected;
  private final ComparedLines actual;
  private final List<Difference> differences = new ArrayList<>();

  /**
   * Creates a comparison.
   *
   * @param scenario its name: a path, or a word
   */
  StatedResults(String scenario) {
    String file = String.valueOf(Path.of(scenario).getFileName());
    this.expected = new ComparedLines(file);
    this.actual = new ComparedLines(file);
  }

  /**
   * Compares what a step answered, if the scenario states a result for it.
   *
   * @param answered its lines in the transcript
   * @param number of the first of them
   */
  void compare(ScenarioLine.Statement statement, List<String> answered, int number) {
    if (statement.stated().isEmpty()) {
      expected.skip(answered);
      actual.skip(answered);
      return;
    }
    List<String> stated = statement.stated();
    if (!expected.next(stated).equals(actual.next(answered))) {
      differences.add(
          new Difference(
              new Line(statement.number(), String.join("\n", stated)),
              new Line(number, String.join("\n", answered))));
    }
  }

  /** Returns where results were other than stated, in order. */
  List<Difference> differences() {
    return differences;
  }
}
