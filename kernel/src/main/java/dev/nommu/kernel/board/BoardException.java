package dev.nommu.kernel.board;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.stream.Stream;

/** A board cannot be read or booted: what was expected and what was found, and where. */
public final class BoardException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** Creates a failure. */
  public BoardException(String message) {
    super(message);
  }

  /** Creates a failure with a cause. */
  public BoardException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Creates a failure with any number of causes, which it holds as suppressed exceptions. */
  public BoardException(String message, List<? extends Throwable> reasons) {
    super(message);
    reasons.forEach(this::addSuppressed);
  }

  /** Returns its causes, such as the exception that each driver threw. */
  public List<Throwable> reasons() {
    return Stream.concat(Stream.ofNullable(getCause()), Stream.of(getSuppressed())).toList();
  }
}
