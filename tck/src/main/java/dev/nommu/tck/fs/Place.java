package dev.nommu.tck.fs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.board.Simulation.MountEntry;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import java.util.Set;

/**
 * A mount of the type under test on a board.
 *
 * @param entry the line of its table of mounts
 */
record Place(MountEntry entry) {
  /** The kernel's answers for methods that a plugin does not implement. */
  private static final Set<Errno> NOT_DONE_HERE = Set.of(Errno.EPERM, Errno.EOPNOTSUPP);

  /** A test of a mounted file system. */
  interface Check {
    Verdict of(Mounted mounted) throws Exception;
  }

  /** Returns a clause that holds for each file system. */
  Clause clause(String rule, String aspect, Check check) {
    return Clause.of(rule, aspect, trial -> check.of(new Mounted(trial, entry)));
  }

  /** Returns a clause that holds if a file system supports this change. */
  Clause change(String rule, String aspect, Check check) {
    return Clause.of(rule, aspect, trial -> changed(trial, check));
  }

  private Verdict changed(Trial trial, Check check) throws Exception {
    Mounted mounted = new Mounted(trial, entry);
    if (!mounted.isWritable()) {
      return Verdict.skipped("it is mounted read-only");
    }
    try {
      return check.of(mounted);
    } catch (ErrnoException failure) {
      if (NOT_DONE_HERE.contains(failure.errno())) {
        return Verdict.skipped("it does not support this: " + failure.getMessage());
      }
      throw failure;
    }
  }
}
