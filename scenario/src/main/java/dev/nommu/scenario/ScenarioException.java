package dev.nommu.scenario;

import java.io.Serial;
import java.util.List;

/**
 * Thrown for a scenario that cannot be read, or whose arguments cannot be evaluated. The message is
 * {@code file:line:column: expected ..., found ...}.
 */
public final class ScenarioException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String source;
  private final transient Position position;
  private final String expected;
  private final String found;
  private final transient List<String> suggestions;

  /**
   * Creates the error.
   *
   * @param source the name of the scenario for the user
   * @param expected the input expected at the position
   * @param found the input found there
   */
  public ScenarioException(String source, Position position, String expected, String found) {
    this(source, position, expected, found, List.of());
  }

  private ScenarioException(
      String source, Position position, String expected, String found, List<String> suggestions) {
    super(message(source, position, expected, found, suggestions));
    this.source = source;
    this.position = position;
    this.expected = expected;
    this.found = found;
    this.suggestions = List.copyOf(suggestions);
  }

  private static String message(
      String source, Position position, String expected, String found, List<String> suggestions) {
    String hint =
        suggestions.isEmpty() ? "" : " (did you mean " + String.join(" or ", suggestions) + "?)";
    return "%s:%d:%d: expected %s, found %s%s"
        .formatted(source, position.line(), position.column(), expected, found, hint);
  }

  /** Returns this error with a suggested name. */
  ScenarioException suggesting(String name) {
    return suggesting(List.of(name));
  }

  /** Returns this error with similar names. */
  ScenarioException suggesting(List<String> names) {
    return new ScenarioException(source, position, expected, found, names);
  }

  /** Returns the name of the scenario. */
  public String source() {
    return source;
  }

  /** Returns the position of the error in the scenario. */
  public Position position() {
    return position;
  }

  /** Returns the input expected at the position. */
  public String expected() {
    return expected;
  }

  /** Returns the input found at the position. */
  public String found() {
    return found;
  }

  /** Returns the known names similar to the unknown one, the nearest first. */
  public List<String> suggestions() {
    return suggestions;
  }
}
