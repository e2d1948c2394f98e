package dev.nommu.kernel.sanitizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.sanitizer.Finding.Trace;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.util.List;

/** Boots machines that are looked at, and says what was found. */
final class Findings {
  private final Machines machines;
  private final RecordingSanitizer sanitizer = new RecordingSanitizer();

  Findings(Machines machines) {
    this.machines = machines;
  }

  /** Boots a board with 8 MiB, a ramdisk of 64 KiB and these plugins. */
  Machine boot(Profile profile, Object... plugins) {
    return machines.boot(
        Machines.kernel(binder -> binder.bind(Sanitizer.class).toInstance(sanitizer), plugins),
        TestBoard.withMebibytes(8).build(),
        profile);
  }

  /** Returns what was found, all of it. */
  List<Finding> all() {
    return sanitizer.findings();
  }

  /** Returns the one finding there is. */
  Finding only(Finding.Kind kind) {
    assertThat(all()).extracting(Finding::kind).containsExactly(kind);
    return all().getFirst();
  }

  /** Returns the names of the methods of a stack. */
  static List<String> calls(Trace trace) {
    return trace.calls().stream().map(StackTraceElement::getMethodName).toList();
  }
}
