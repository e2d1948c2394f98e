package dev.nommu.kernel.stress;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import java.util.Collections;
import java.util.List;

/**
 * A call, or a few, that a task makes with arguments of chance.
 *
 * @param name for messages
 * @param pace whether it may take long
 */
record Action(String name, Pace pace, Act act) {
  /** Whether the machine can be looked at while a task does something. */
  enum Pace {
    /** It returns at once, and whoever looks at the machine waits for it. */
    PROMPT,
    /** It may wait for another task. */
    PATIENT
  }

  /** Makes the calls. */
  @FunctionalInterface
  interface Act {
    /** Makes them in the name of an actor. */
    void make(Actor actor) throws ErrnoException, MemoryFault;
  }

  /** Returns an action that comes as often as it is listed. */
  static List<Action> prompt(int times, String name, Act act) {
    return Collections.nCopies(times, new Action(name, Pace.PROMPT, act));
  }

  /** Returns an action that may wait, and comes as often as it is listed. */
  static List<Action> patient(int times, String name, Act act) {
    return Collections.nCopies(times, new Action(name, Pace.PATIENT, act));
  }
}
