package dev.nommu.scenario;

import java.io.Serial;
import java.util.Optional;

/**
 * A scenario that cannot be read, or whose arguments cannot be worked out. The message is {@code
 * file:line:column: expected ..., found ...}.
 */
public final class ScenarioException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String source;
  private final transient Position position;
  private final String expected;
  private final String found;
  private final String suggestion;

  /**
   * Creates the error.
   *
   * @param source the name of the scenario, as the user knows it
   * @param expected what can stand at the position
   * @param found what stands there
   */
  public ScenarioException(String source, Position position, String expected, String found) {
    this(source, position, expected, found, "");
  }

  private ScenarioException(
      String source, Position position, String expected, String found, String suggestion) {
    super(message(source, position, expected, found, suggestion));
    this.source = source;
    this.position = position;
    this.expected = expected;
    this.found = found;
    this.suggestion = suggestion;
  }

  private static String message(
      String source, Position position, String expected, String found, String suggestion) {
    String hint = suggestion.isEmpty() ? "" : " (did you mean " + suggestion + "?)";
    return "%s:%d:%d: expected %s, found %s%s"
        .formatted(source, position.line(), position.column(), expected, found, hint);
  }

  /** Returns this error with a name that was probably meant. */
  ScenarioException suggesting(String name) {
    return new ScenarioException(source, position, expected, found, name);
  }

  /** Returns the name of the scenario. */
  public String source() {
    return source;
  }

  /** Returns where in the scenario the error is. */
  public Position position() {
    return position;
  }

  /** Returns what can stand at the position. */
  public String expected() {
    return expected;
  }

  /** Returns what stands at the position. */
  public String found() {
    return found;
  }

  /** Returns the known name that is nearest to the unknown one, if one is near. */
  public Optional<String> suggestion() {
    return suggestion.isEmpty() ? Optional.empty() : Optional.of(suggestion);
  }
}
