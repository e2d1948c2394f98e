package dev.nommu.campaign;

import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Subject;
import dev.nommu.tck.session.Targets;

/**
 * A plugin that sessions are run against.
 *
 * @param type the name of its class, by which capsules find it
 * @param subject it and its board
 * @param targets what sessions use
 */
public record TestedPlugin(String type, Subject subject, Targets targets) {
  /** Requires something that a session can open. */
  public TestedPlugin {
    if (targets.opened().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: expected a file or a device that a session can open, found none".formatted(type));
    }
  }

  /**
   * Returns a plugin with all that sessions can use of it: the devices that it registers, and
   * whatever its board mounts.
   *
   * @throws BoardException if it does not boot
   * @throws IllegalArgumentException if a session can open nothing
   */
  public static TestedPlugin of(String type, Subject subject) throws BoardException {
    return new TestedPlugin(type, subject, Targets.of(subject));
  }
}
