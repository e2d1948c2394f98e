package dev.nommu.kernel.task;

import dev.nommu.kernel.plugin.Unwinding;
import java.io.Serial;

/**
 * Unwinds the thread of a program whose task ends or runs another program. Do not catch it, except
 * to release something and rethrow it; a task that is ending receives another one at its next call.
 */
@SuppressWarnings("exports") // its superclass lets it pass the plugins' fence
public final class ProgramEnd extends Unwinding {
  @Serial private static final long serialVersionUID = 1L;

  ProgramEnd(String message) {
    super(message);
  }
}
