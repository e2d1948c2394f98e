package dev.nommu.tck.trail;

import dev.nommu.api.Errno;
import java.util.Locale;

/** The outcome of a mapping request. */
public sealed interface Outcome {
  /** The ways in which a mapping is made. */
  enum Made implements Outcome {
    /** New zeroed memory. */
    ZEROED,
    /** New memory with a copy of the file. */
    COPIED,
    /** The file's own store. */
    DIRECT,
    /** An existing region, reused. */
    SHARED;

    /** Returns the word for it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * There is no mapping.
   *
   * @param errno the error of the call
   */
  record Refused(Errno errno) implements Outcome {
    /** Returns the name of the error. */
    @Override
    public String toString() {
      return errno.toString();
    }
  }
}
