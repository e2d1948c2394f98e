package dev.nommu.kernel.task;

import dev.nommu.kernel.plugin.Unwinding;
import java.io.Serial;

/**
 * Unwinds the thread of a program that does not go on: its task ends, or runs another program. Not
 * to be caught, except to let go of something and throw it on; a task that ends gets another one at
 * its next call.
 */
@SuppressWarnings("exports") // by its superclass the plugins' fence lets it pass
public final class ProgramEnd extends Unwinding {
  @Serial private static final long serialVersionUID = 1L;

  ProgramEnd(String message) {
    super(message);
  }
}
