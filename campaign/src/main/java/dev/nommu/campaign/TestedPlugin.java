package dev.nommu.campaign;

import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Subject;
import dev.nommu.tck.session.Targets;

/**
 * A plugin under test by sessions.
 *
 * @param type the name of its class, as recorded in capsules
 * @param subject the plugin and its board
 * @param targets the devices and mounts that sessions use
 */
public record TestedPlugin(String type, Subject subject, Targets targets) {
  /** Checks that a session can open something. */
  public TestedPlugin {
    if (targets.opened().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: expected a file or a device that a session can open, found none".formatted(type));
    }
  }

  /**
   * Returns a plugin with all targets for sessions: the devices that it registers, and the mounts
   * of its board.
   *
   * @throws BoardException if it does not boot
   * @throws IllegalArgumentException if a session can open nothing
   */
  public static TestedPlugin of(String type, Subject subject) throws BoardException {
    return new TestedPlugin(type, subject, Targets.of(subject));
  }
}
