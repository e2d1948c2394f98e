package dev.nommu.campaign;

import java.util.List;

/**
 * Something that was found, as it is kept beside its capsule.
 *
 * @param cause what makes it the same as others
 * @param seed of the session that was shrunk
 * @param what it found, a sentence
 * @param steps that are left of the session
 * @param nommu the version that made the capsule
 * @param java the version of the JVM that it was made on
 * @param digest of the code and the board that were tested
 * @param session the calls that are left
 * @param notes what else is known of it, in lines
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

  /** Returns the folder of its capsule, as it is seen from that of the campaign. */
  public String capsule() {
    return "capsules/" + cause.folderName();
  }
}
