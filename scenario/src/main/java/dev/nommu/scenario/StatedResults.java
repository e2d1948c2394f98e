package dev.nommu.scenario;

import dev.nommu.scenario.TranscriptComparison.Difference;
import dev.nommu.scenario.TranscriptComparison.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares the results that a scenario states with the actual ones, step by step. */
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
   * Compares the result of a step, if the scenario states one for it.
   *
   * @param answered the lines of the step in the transcript
   * @param number the number of the first of them
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

  /** Returns the results that differ from those stated, in order. */
  List<Difference> differences() {
    return differences;
  }
}
