package dev.nommu.binfmt.elf;

import java.io.Serial;

/** A file is not an ELF that can be loaded; the message says what was expected and found. */
final class NotElfException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  NotElfException(String message) {
    super(message);
  }
}
