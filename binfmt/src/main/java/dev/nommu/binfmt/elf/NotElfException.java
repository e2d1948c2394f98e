package dev.nommu.binfmt.elf;

import java.io.Serial;

/** Thrown for a file that is not a loadable ELF. */
final class NotElfException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String why;

  NotElfException(String why) {
    super(why);
    this.why = why;
  }

  /** Returns what was expected and what was found. */
  String why() {
    return why;
  }
}
