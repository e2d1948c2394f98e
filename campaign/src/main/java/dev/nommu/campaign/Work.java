package dev.nommu.campaign;

import java.util.Locale;

/** The work done with each seed. */
public enum Work {
  /** Its session is run, under each profile. */
  SESSIONS,
  /** Its session is run once for each call of the plugin that can fail, with that failure. */
  FAULTS,
  /** Its session is run under both profiles, and the answers are compared. */
  PROFILES;

  /** Returns the name for options and reports, as {@code sessions}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
