package dev.nommu.scenario;

import java.util.List;

/**
 * A call with its arguments as written.
 *
 * @param call the call
 * @param arguments matching one of the call's signatures
 */
public record Invocation(Call call, List<Expression> arguments) {
  /** Copies the list. */
  public Invocation {
    arguments = List.copyOf(arguments);
  }
}
