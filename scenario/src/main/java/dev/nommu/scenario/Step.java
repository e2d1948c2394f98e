package dev.nommu.scenario;

import java.util.Optional;

/** One line of a scenario. */
public sealed interface Step {
  /** The initial process, in which steps without a process run. */
  String MAIN = "main";

  /**
   * {@code proc b}: creates a process.
   *
   * @param process its name
   */
  record Spawn(String process) implements Step {}

  /**
   * {@code b: x = call(...)}: makes a call and waits for its result.
   *
   * @param process the process that makes it
   * @param variable the variable that stores the result, if any
   */
  record Run(String process, Optional<String> variable, Invocation invocation) implements Step {}

  /**
   * {@code b& x = call(...)}: starts a call and continues.
   *
   * @param process the process that makes it
   * @param variable the variable that stores the result once it is waited for, if any
   */
  record Start(String process, Optional<String> variable, Invocation invocation) implements Step {}

  /**
   * {@code b: join}: waits for the call that was started.
   *
   * @param process the process that started it
   */
  record Join(String process) implements Step {}

  /**
   * {@code b: exit(3)}: ends a process.
   *
   * @param process not {@link #MAIN}
   * @param status its exit status
   */
  record Exit(String process, Expression.Numeric status) implements Step {}
}
