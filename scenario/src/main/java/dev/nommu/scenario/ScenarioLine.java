package dev.nommu.scenario;

import java.util.List;

/** A line of a scenario. */
public sealed interface ScenarioLine {
  /** Returns the line as shown in a transcript. */
  String text();

  /**
   * A comment or a blank line.
   *
   * @param text the line as written
   */
  record Remark(String text) implements ScenarioLine {}

  /**
   * A step.
   *
   * @param text the step as written, without surrounding blanks and without a comment
   * @param number the number of the line, starting at 1
   * @param step the parsed step
   * @param stated the expected transcript of the step: {@code text = result}, or {@code text =} and
   *     the lines of a file; empty if the scenario states none
   */
  record Statement(String text, int number, Step step, List<String> stated)
      implements ScenarioLine {
    /** Copies the list. */
    public Statement {
      stated = List.copyOf(stated);
    }
  }
}
