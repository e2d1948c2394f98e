package dev.nommu.kernel.fs;

import java.time.Instant;

/** The new value of one of the times of a file, as an argument of {@code utimensat}. */
public sealed interface NewTime {
  /** UTIME_NOW: it becomes what the machine's clock shows. */
  NewTime NOW = new Now();

  /** UTIME_OMIT: it stays as it is. */
  NewTime OMIT = new Omit();

  /** Returns what makes it this time. */
  static NewTime at(Instant time) {
    return new At(time);
  }

  /** Returns what it becomes. */
  private Instant after(Instant former, Instant present) {
    return switch (this) {
      case Now _ -> present;
      case Omit _ -> former;
      case At(Instant time) -> time;
    };
  }

  /** UTIME_NOW. */
  record Now() implements NewTime {}

  /** UTIME_OMIT. */
  record Omit() implements NewTime {}

  /**
   * A time that the caller names.
   *
   * @param time what it becomes
   */
  record At(Instant time) implements NewTime {}

  /**
   * The new values of both times.
   *
   * @param accessed of when the contents were last read
   * @param modified of when the contents were last changed
   */
  record Both(NewTime accessed, NewTime modified) {
    /** Returns whether nothing is to be changed: not even the file is looked for. */
    public boolean changesNothing() {
      return accessed.equals(OMIT) && modified.equals(OMIT);
    }

    /** Returns whether write permission is enough, so that one need not own the file. */
    public boolean isTouch() {
      return accessed.equals(NOW) && modified.equals(NOW);
    }

    /** Returns when the contents were last read, after the change. */
    public Instant accessed(Instant former, Instant present) {
      return accessed.after(former, present);
    }

    /** Returns when the contents were last changed, after the change. */
    public Instant modified(Instant former, Instant present) {
      return modified.after(former, present);
    }
  }
}
