package dev.nommu.api;

import java.io.IOException;
import java.io.Serial;
import java.util.Objects;

/**
 * An operation was tried and failed. The message says what was being done, to what, what was
 * expected and what was found.
 *
 * <p>It is never turned into a private copy; an operation that merely does not want a mapping
 * answers {@link Placement.Declined} or {@link Consent.Declined} instead.
 *
 * @since 0.1.0
 */
public final class ErrnoException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final Errno errno;

  /**
   * Creates a failure with the number the caller sees and a message for the person who reads it.
   *
   * @throws NullPointerException without a number
   */
  public ErrnoException(Errno errno, String message) {
    super(message);
    this.errno = requireErrno(errno, message);
  }

  /**
   * Creates a failure that another exception led to.
   *
   * @throws NullPointerException without a number
   */
  public ErrnoException(Errno errno, String message, Throwable cause) {
    super(message, cause);
    this.errno = requireErrno(errno, message);
  }

  private static Errno requireErrno(Errno errno, String message) {
    return Objects.requireNonNull(
        errno, () -> "ErrnoException: expected an error number, found null: " + message);
  }

  /** Returns the error number. */
  public Errno errno() {
    return errno;
  }

  /** Returns the name and text of the error and the message, on one line, for a person. */
  public String describe() {
    return errno + " (" + errno.text() + "): " + getMessage();
  }
}
