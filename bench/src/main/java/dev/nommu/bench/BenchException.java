package dev.nommu.bench;

import java.io.Serial;

/** Something could not be measured. */
final class BenchException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
