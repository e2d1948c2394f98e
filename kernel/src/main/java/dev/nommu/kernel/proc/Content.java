package dev.nommu.kernel.proc;

import dev.nommu.api.ErrnoException;

/** Makes the text of a file. */
@FunctionalInterface
public interface Content {
  /**
   * Returns the text as it is now.
   *
   * @throws ErrnoException why there is none
   */
  String text() throws ErrnoException;
}
