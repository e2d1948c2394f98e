package dev.nommu.cli.console;

import java.io.Serial;

/** The standard output was closed, such as by {@code | head}. */
public final class OutputClosedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Creates it. */
  public OutputClosedException() {
    super("the standard output is closed");
  }
}
