package dev.nommu.tck;

import java.io.Serial;

/** Something was not over in time: which call has not come back. */
final class LateException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  LateException(String message, Throwable cause) {
    super(message, cause);
  }
}
