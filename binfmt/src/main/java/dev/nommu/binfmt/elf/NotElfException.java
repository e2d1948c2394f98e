package dev.nommu.binfmt.elf;

import java.io.Serial;

/** A file is not an ELF that can be loaded. */
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
