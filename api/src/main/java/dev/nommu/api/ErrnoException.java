package dev.nommu.api;

import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable String rule;

  /**
   * Creates a failure with the number the caller sees and a message for the person who reads it.
   *
   * @throws NullPointerException without a number
   */
  public ErrnoException(Errno errno, String message) {
    this(null, errno, message, null);
  }

  /**
   * Creates a failure that another exception led to.
   *
   * @throws NullPointerException without a number
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
   * @param rule its number, such as {@code "MMAP-17"}, with which the message will end
   * @throws NullPointerException without an errno
   */
  public static ErrnoException byRule(String rule, Errno errno, String message) {
    return new ErrnoException(rule, errno, cited(message, rule), null);
  }

  /**
   * Returns the failure of a call that a rule forbids, to which another exception led.
   *
   * @param rule its number, such as {@code "MMAP-17"}, with which the message will end
   * @throws NullPointerException without an errno
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

  /**
   * Returns the number of the rule that forbids the call, such as {@code "MMAP-17"}, if it says.
   */
  public Optional<String> rule() {
    return Optional.ofNullable(rule);
  }

  /** Returns the name and text of the error and the message, on one line, for a person. */
  public String describe() {
    return errno + " (" + errno.text() + "): " + getMessage();
  }
}
