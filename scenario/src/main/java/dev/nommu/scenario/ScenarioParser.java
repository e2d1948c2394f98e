package dev.nommu.scenario;

import java.util.ArrayList;
import java.util.List;

/** Reads the lines of a scenario. */
final class ScenarioParser {
  private final String source;
  private final Scope scope;

  /**
   * Creates a parser for one scenario.
   *
   * @param source its name, for errors
   * @param vocabulary the constants that it can use
   */
  ScenarioParser(String source, Vocabulary vocabulary) {
    this.source = source;
    this.scope = new Scope(vocabulary);
  }

  /** Reads the text of the scenario. */
  List<ScenarioLine> parse(String text) throws ScenarioException {
    List<ScenarioLine> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      lines.add(line(lines.size() + 1, line));
    }
    return lines;
  }

  private ScenarioLine line(int number, String text) throws ScenarioException {
    TokenStream tokens = TokenStream.of(source, number, text);
    int end = tokens.end();
    if (text.substring(0, end).isBlank()) {
      return new ScenarioLine.Remark(text.stripTrailing());
    }
    Step step = new StepParser(tokens, scope, number).step();
    return new ScenarioLine.Statement(text.substring(0, end).strip(), number, step);
  }
}
