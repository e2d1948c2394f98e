package dev.nommu.kernel.board;

import java.io.IOException;
import java.io.Serial;

/** A board cannot be read or booted: what was expected and what was found, and where. */
public final class BoardException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** Creates a failure. */
  public BoardException(String message) {
    super(message);
  }

  /** Creates a failure that another exception led to. */
  public BoardException(String message, Throwable cause) {
    super(message, cause);
  }
}
