package dev.nommu.kernel.process;

/**
 * To what a process belongs.
 *
 * @param group the number of its process group
 * @param session the number of its session
 */
public record Membership(int group, int session) {
  /** Of the first process: the kernel's own. */
  static final Membership NONE = new Membership(0, 0);
}
