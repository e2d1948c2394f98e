package dev.nommu.scenario;

import java.util.Optional;

/** One line of a scenario. */
public sealed interface Step {
  /** The process that is there from the start, in which steps without a process run. */
  String MAIN = "main";

  /**
   * {@code proc b}: makes a process.
   *
   * @param process its name
   */
  record Spawn(String process) implements Step {}

  /**
   * {@code b: x = call(...)}: makes a call and waits for its result.
   *
   * @param process in which it is made
   * @param variable that keeps the result, if one does
   */
  record Run(String process, Optional<String> variable, Invocation invocation) implements Step {}

  /**
   * {@code b& x = call(...)}: starts a call and goes on.
   *
   * @param process in which it is made
   * @param variable that keeps the result once it is waited for, if one does
   */
  record Start(String process, Optional<String> variable, Invocation invocation) implements Step {}

  /**
   * {@code b: join}: waits for the call that was started.
   *
   * @param process in which it was
   */
  record Join(String process) implements Step {}

  /**
   * {@code b: exit(3)}: ends a process.
   *
   * @param process not {@link #MAIN}
   * @param status what it ends with
   */
  record Exit(String process, Expression.Numeric status) implements Step {}
}
