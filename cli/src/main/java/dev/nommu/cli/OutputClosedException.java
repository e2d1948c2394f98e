package dev.nommu.cli;

import java.io.Serial;

/** Nobody reads the standard output any more, such as after {@code | head}. */
final class OutputClosedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Creates it. */
  OutputClosedException() {
    super("the standard output is closed");
  }
}
