package dev.nommu.tck.session;

/**
 * An error found by a session.
 *
 * @param kind the kind of error
 * @param what a sentence
 */
public record Wrong(Kind kind, String what) {
  /** The kinds of errors. */
  public enum Kind {
    /** The plugin violated rule PLUGIN-01. */
    FAULT,
    /** The machine's accounting is wrong. */
    BOOKS,
    /** The sanitizer reported an error of the plugin. */
    FINDING,
    /** A call's answer differs from the model. */
    ANSWER,
    /** A call did not return. */
    HANG,
    /** A late call blocked an inspection of the machine. */
    HELD_UP
  }

  /** Returns it as {@code FAULT: …}. */
  @Override
  public String toString() {
    return kind + ": " + what;
  }
}
