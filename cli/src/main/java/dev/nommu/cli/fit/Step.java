package dev.nommu.cli.fit;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.List;

/**
 * A loaded program, or a line of a scenario.
 *
 * @param what the path of the program, or the line
 * @param taken bytes of RAM that it took; negative if it freed some
 * @param after the free memory afterwards
 * @param failures the reasons for its failure; empty if it succeeded
 */
record Step(String what, long taken, FreeMemory after, List<ErrnoException> failures) {
  /** Takes an immutable copy. */
  Step {
    failures = List.copyOf(failures);
  }

  /** Returns it under another name. */
  Step named(String name) {
    return new Step(name, taken, after, failures);
  }

  /** Returns whether it did not run out of memory. */
  boolean fits() {
    return failures.stream().noneMatch(failure -> failure.errno() == Errno.ENOMEM);
  }
}
