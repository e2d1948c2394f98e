package dev.nommu.bench;

import java.io.Serial;

/** Thrown when a measurement fails. */
final class BenchException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
