package dev.nommu.campaign;

import java.util.List;

/**
 * A finding, as saved with its capsule.
 *
 * @param cause its cause
 * @param seed the seed of the shrunk session
 * @param what the finding, as a sentence
 * @param steps the number of steps left of the session
 * @param nommu the version that made the capsule
 * @param java the version of the JVM that made it
 * @param digest of the code and the board under test
 * @param session the remaining calls
 * @param notes further details, as lines
 */
public record KeptFinding(
    Cause cause,
    long seed,
    String what,
    int steps,
    String nommu,
    String java,
    String digest,
    List<String> session,
    List<String> notes) {
  /** Takes immutable copies. */
  public KeptFinding {
    session = List.copyOf(session);
    notes = List.copyOf(notes);
  }

  /** Returns the folder of its capsule, relative to that of the campaign. */
  public String capsule() {
    return "capsules/" + cause.folderName();
  }
}
