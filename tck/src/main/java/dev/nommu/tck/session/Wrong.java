package dev.nommu.tck.session;

/**
 * Something that must not be.
 *
 * @param kind what sort of thing
 * @param what a sentence
 */
public record Wrong(Kind kind, String what) {
  /** Sorts of things that must not be. */
  public enum Kind {
    /** The plugin did what no plugin may (rule PLUGIN-01). */
    FAULT,
    /** The books of the machine are wrong. */
    BOOKS,
    /** The sanitizer found something that is the plugin's. */
    FINDING,
    /** A call answered something else than a model says. */
    ANSWER,
    /** A call did not come back. */
    HANG,
    /** While a call was late, who looked at the machine had to wait. */
    HELD_UP
  }

  /** Returns it as {@code FAULT: …}. */
  @Override
  public String toString() {
    return kind + ": " + what;
  }
}
