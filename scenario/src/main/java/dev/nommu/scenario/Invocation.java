package dev.nommu.scenario;

import java.util.List;

/**
 * A call with its arguments as they are written.
 *
 * @param call what is called
 * @param arguments as many and of such kinds as one of the call's signatures wants
 */
public record Invocation(Call call, List<Expression> arguments) {
  /** Copies the list. */
  public Invocation {
    arguments = List.copyOf(arguments);
  }
}
