package dev.nommu.scenario;

import java.util.List;

/** A line of a scenario. */
public sealed interface ScenarioLine {
  /** Returns the line as a transcript repeats it. */
  String text();

  /**
   * A comment or a blank line.
   *
   * @param text as it is written
   */
  record Remark(String text) implements ScenarioLine {}

  /**
   * A step.
   *
   * @param text as it is written, without blanks around it and without the comment behind it
   * @param number of the line, counted from 1
   * @param step what it does
   * @param stated how a transcript of the step should look: {@code text = result}, or {@code text
   *     =} and the lines of a file; empty if the scenario does not say
   */
  record Statement(String text, int number, Step step, List<String> stated)
      implements ScenarioLine {
    /** Copies the list. */
    public Statement {
      stated = List.copyOf(stated);
    }
  }
}
