package dev.nommu.kernel.call;

/**
 * Something the kernel does that may fail and answers nothing; what answers is a {@link
 * ScopedValue.CallableOp}.
 *
 * @param <X> how it fails
 */
@FunctionalInterface
public interface FallibleAction<X extends Exception> {
  /**
   * Does it.
   *
   * @throws X why it could not be done
   */
  void run() throws X;
}
