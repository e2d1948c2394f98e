package dev.nommu.kernel.fs;

import java.time.Instant;

/** The new value of one of the times of a file, as an argument of {@code utimensat}. */
public sealed interface NewTime {
  /** UTIME_NOW: the current time of the machine's clock. */
  NewTime NOW = new Now();

  /** UTIME_OMIT: the time is unchanged. */
  NewTime OMIT = new Omit();

  /** Returns a value that sets this time. */
  static NewTime at(Instant time) {
    return new At(time);
  }

  /** Returns the time after the change. */
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
   * A time given by the caller.
   *
   * @param time the new time
   */
  record At(Instant time) implements NewTime {}

  /**
   * The new values of both times.
   *
   * @param accessed the time of the last read
   * @param modified the time of the last modification
   */
  record Both(NewTime accessed, NewTime modified) {
    /** Returns whether both times stay unchanged: the file is then not even looked up. */
    public boolean changesNothing() {
      return accessed.equals(OMIT) && modified.equals(OMIT);
    }

    /** Returns whether write permission suffices, so that the caller need not own the file. */
    public boolean isTouch() {
      return accessed.equals(NOW) && modified.equals(NOW);
    }

    /** Returns the time of the last read after the change. */
    public Instant accessed(Instant former, Instant present) {
      return accessed.after(former, present);
    }

    /** Returns the time of the last modification after the change. */
    public Instant modified(Instant former, Instant present) {
      return modified.after(former, present);
    }
  }
}
