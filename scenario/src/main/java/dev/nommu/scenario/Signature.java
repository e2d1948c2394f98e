package dev.nommu.scenario;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One list of parameters of a call.
 *
 * @param parameters in order, optional ones last
 */
public record Signature(List<Parameter> parameters) {
  /** Copies the list. */
  public Signature {
    parameters = List.copyOf(parameters);
  }

  /** Returns a signature with these parameters. */
  static Signature of(Parameter... parameters) {
    return new Signature(List.of(parameters));
  }

  /** Returns whether it accepts this many arguments. */
  boolean takes(int count) {
    long required =
        parameters.stream().filter(p -> p.presence() == Parameter.Presence.REQUIRED).count();
    return count >= required && count <= parameters.size();
  }

  /** Returns whether it accepts these arguments. */
  boolean takes(List<Expression> arguments) {
    return takes(arguments.size()) && mismatch(arguments) == arguments.size();
  }

  /**
   * Returns the index of the first argument of the wrong kind, or their number if there is none.
   */
  int mismatch(List<Expression> arguments) {
    int index = 0;
    while (index < arguments.size() && parameters.get(index).kind().takes(arguments.get(index))) {
      index++;
    }
    return index;
  }

  /** Returns the names of the parameters in parentheses. */
  @Override
  public String toString() {
    return parameters.stream().map(Parameter::toString).collect(Collectors.joining(", ", "(", ")"));
  }
}
