package dev.nommu.api;

import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An operation failed. The message states the operation, its object, what was expected and what was
 * found.
 *
 * <p>A mapping that fails with it is never copied instead; an operation that merely declines a
 * mapping returns {@link Placement.Declined} or {@link Consent.Declined}.
 *
 * @since 0.1.0
 */
public final class ErrnoException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final Errno errno;
  private final @Nullable String rule;

  /**
   * Creates a failure with the error number for the program and a message for the user.
   *
   * @throws NullPointerException if the error number is null
   */
  public ErrnoException(Errno errno, String message) {
    this(null, errno, message, null);
  }

  /**
   * Creates a failure with a cause.
   *
   * @throws NullPointerException if the error number is null
   */
  public ErrnoException(Errno errno, String message, Throwable cause) {
    this(null, errno, message, cause);
  }

  private ErrnoException(
      @Nullable String rule, Errno errno, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.errno = requireErrno(errno, message);
    this.rule = rule;
  }

  /**
   * Returns the failure of a call that a rule forbids.
   *
   * @param rule its number, such as {@code "MMAP-17"}, which is appended to the message
   * @throws NullPointerException if the error number is null
   */
  public static ErrnoException byRule(String rule, Errno errno, String message) {
    return new ErrnoException(rule, errno, cited(message, rule), null);
  }

  /**
   * Returns the failure of a call that a rule forbids, with a cause.
   *
   * @param rule its number, such as {@code "MMAP-17"}, which is appended to the message
   * @throws NullPointerException if the error number is null
   */
  public static ErrnoException byRule(String rule, Errno errno, String message, Throwable cause) {
    return new ErrnoException(rule, errno, cited(message, rule), cause);
  }

  private static String cited(String message, String rule) {
    return message + " [" + rule + "]";
  }

  private static Errno requireErrno(Errno errno, String message) {
    return Objects.requireNonNull(
        errno, () -> "ErrnoException: expected an error number, found null: " + message);
  }

  /** Returns the error number. */
  public Errno errno() {
    return errno;
  }

  /** Returns the number of the rule that forbids the call, such as {@code "MMAP-17"}, if known. */
  public Optional<String> rule() {
    return Optional.ofNullable(rule);
  }

  /** Returns the name and text of the error and the message, on one line. */
  public String describe() {
    return errno + " (" + errno.text() + "): " + getMessage();
  }
}
