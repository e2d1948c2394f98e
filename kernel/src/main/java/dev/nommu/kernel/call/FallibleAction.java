package dev.nommu.kernel.call;

/**
 * An action of the kernel that may fail and returns nothing; one that returns a value is a {@link
 * ScopedValue.CallableOp}.
 *
 * @param <X> the exception that it throws on failure
 */
@FunctionalInterface
public interface FallibleAction<X extends Exception> {
  /**
   * Runs the action.
   *
   * @throws X if it fails
   */
  void run() throws X;
}
