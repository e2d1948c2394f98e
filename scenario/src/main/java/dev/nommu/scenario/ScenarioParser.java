package dev.nommu.scenario;

import java.util.ArrayList;
import java.util.List;

/** Reads the lines of a scenario. */
final class ScenarioParser {
  private static final String INDENT = "    ";

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
    List<String> texts = text.lines().toList();
    for (int at = 0; at < texts.size(); at++) {
      ScenarioLine line = line(at + 1, texts.get(at), texts.subList(at + 1, texts.size()));
      lines.add(line);
      at += line instanceof ScenarioLine.Statement it ? Math.max(0, it.stated().size() - 1) : 0;
    }
    return lines;
  }

  private ScenarioLine line(int number, String text, List<String> following)
      throws ScenarioException {
    TokenStream tokens = TokenStream.of(source, number, text);
    String step = text.substring(0, tokens.end()).strip();
    if (step.isEmpty()) {
      return new ScenarioLine.Remark(text.stripTrailing());
    }
    Step read = new StepParser(tokens, scope, number).step();
    List<String> stated =
        tokens.takeResult().map(result -> stated(step, result, following)).orElse(List.of());
    return new ScenarioLine.Statement(step, number, read, stated);
  }

  private static List<String> stated(String step, String result, List<String> following) {
    if (!result.isEmpty()) {
      return List.of(step + " = " + result);
    }
    List<String> lines = new ArrayList<>(List.of(step + " ="));
    lines.addAll(block(following));
    return lines;
  }

  /** Returns the indented lines, including blank ones that are followed by an indented line. */
  private static List<String> block(List<String> following) {
    int end = 0;
    int blank = 0;
    while (end + blank < following.size()) {
      String line = following.get(end + blank);
      if (line.isBlank()) {
        blank++;
      } else if (line.startsWith(INDENT)) {
        end += blank + 1;
        blank = 0;
      } else {
        return following.subList(0, end);
      }
    }
    return following.subList(0, end);
  }
}
