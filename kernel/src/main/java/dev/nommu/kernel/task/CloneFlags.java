package dev.nommu.kernel.task;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/**
 * The flags of {@code clone} that have an effect here, checked (rules FORK-03 and FORK-04). The
 * signal in the low byte is ignored: the parent always receives SIGCHLD.
 *
 * @param bits as Linux numbers them
 */
public record CloneFlags(long bits) {
  /** The memory map is shared, as it must be without an MMU. */
  public static final long CLONE_VM = 0x100;

  /** Working directory and credentials are shared. */
  public static final long CLONE_FS = 0x200;

  /** Descriptors are shared. */
  public static final long CLONE_FILES = 0x400;

  /** Signal actions are shared. */
  public static final long CLONE_SIGHAND = 0x800;

  /** The caller waits until the child executes a file or ends. */
  public static final long CLONE_VFORK = 0x4000;

  /** The parent is the caller's parent. */
  public static final long CLONE_PARENT = 0x8000;

  /** A thread of the caller's process is made. */
  public static final long CLONE_THREAD = 0x10000;

  private static final long CLONE_NEWNS = 0x20000;

  /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
  private static final long NAMESPACES = 0x7e02_0000L;

  /**
   * Checks flags.
   *
   * @throws ErrnoException EINVAL if they contradict each other or request something unsupported
   */
  public static CloneFlags of(long bits) throws ErrnoException {
    CloneFlags flags = new CloneFlags(bits);
    refuseIf(flags.has(CLONE_NEWNS) && flags.has(CLONE_FS), "CLONE_NEWNS with CLONE_FS");
    refuseIf(
        flags.has(CLONE_THREAD) && !flags.has(CLONE_SIGHAND), "CLONE_THREAD without CLONE_SIGHAND");
    refuseIf(flags.has(CLONE_SIGHAND) && !flags.has(CLONE_VM), "CLONE_SIGHAND without CLONE_VM");
    if (!flags.has(CLONE_VM)) {
      throw ErrnoException.byRule(
          "FORK-03", Errno.EINVAL, "clone: without an MMU it must have CLONE_VM");
    }
    refuseIf(flags.has(NAMESPACES), "there are no namespaces");
    return flags;
  }

  /** Returns whether it has one of these flags. */
  public boolean has(long flag) {
    return (bits & flag) != 0;
  }

  private static void refuseIf(boolean condition, String why) throws ErrnoException {
    if (condition) {
      throw new ErrnoException(Errno.EINVAL, "clone: " + why);
    }
  }
}
