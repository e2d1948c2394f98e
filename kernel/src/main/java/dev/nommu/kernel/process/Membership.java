package dev.nommu.kernel.process;

/**
 * The process group and the session of a process.
 *
 * @param group the number of its process group
 * @param session the number of its session
 */
public record Membership(int group, int session) {
  /** The kernel's group and session, to which the first process belongs. */
  static final Membership NONE = new Membership(0, 0);
}
