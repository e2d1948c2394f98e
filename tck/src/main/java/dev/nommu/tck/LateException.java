package dev.nommu.tck;

import java.io.Serial;

/** An operation timed out; the message names the call that has not returned. */
final class LateException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  LateException(String message, Throwable cause) {
    super(message, cause);
  }
}
