package dev.nommu.kernel;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/** The flags of {@code clone} that this kernel checks (section FORK). */
final class CloneFlags {
  private static final long CLONE_VM = 0x100;
  private static final long CLONE_FS = 0x200;
  private static final long CLONE_SIGHAND = 0x800;
  private static final long CLONE_THREAD = 0x10000;
  private static final long CLONE_NEWNS = 0x20000;

  private CloneFlags() {}

  /**
   * Checks the rules FORK-03 and FORK-04.
   *
   * @throws ErrnoException EINVAL
   */
  static void check(long flags) throws ErrnoException {
    refuseIf(has(flags, CLONE_NEWNS) && has(flags, CLONE_FS), "CLONE_NEWNS with CLONE_FS");
    refuseIf(
        has(flags, CLONE_THREAD) && !has(flags, CLONE_SIGHAND),
        "CLONE_THREAD without CLONE_SIGHAND");
    refuseIf(has(flags, CLONE_SIGHAND) && !has(flags, CLONE_VM), "CLONE_SIGHAND without CLONE_VM");
    refuseIf(!has(flags, CLONE_VM), "without an MMU it must have CLONE_VM [FORK-03]");
  }

  private static boolean has(long flags, long flag) {
    return (flags & flag) != 0;
  }

  private static void refuseIf(boolean condition, String why) throws ErrnoException {
    if (condition) {
      throw new ErrnoException(Errno.EINVAL, "clone: " + why);
    }
  }
}
