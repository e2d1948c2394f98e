package dev.nommu.junit;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.Strictness;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.sanitizer.RecordingSanitizer;
import java.util.ArrayList;
import java.util.List;

/**
 * The machine of one test.
 *
 * @param machine the machine
 * @param sanitizer its findings
 */
record TestMachine(Machine machine, RecordingSanitizer sanitizer) {
  /**
   * Boots a machine with everything its board asks for.
   *
   * @throws BoardException if something is missing
   */
  static TestMachine boot(Board board, Profile profile) throws BoardException {
    RecordingSanitizer sanitizer = new RecordingSanitizer();
    Kernel kernel = Kernel.standard().with(sanitizer);
    return new TestMachine(kernel.boot(board, profile, Strictness.STRICT), sanitizer);
  }

  /**
   * Boots a machine with a fault.
   *
   * @throws BoardException if it does not boot even without the parts that the fault disables
   */
  static TestMachine boot(Board board, Profile profile, GivenFault fault) throws BoardException {
    RecordingSanitizer sanitizer = new RecordingSanitizer();
    return new TestMachine(fault.boot(board, profile, sanitizer), sanitizer);
  }

  /** Closes it and returns the errors, each with its cause. */
  List<String> end() {
    List<String> wrong = new ArrayList<>();
    try (machine) {
      if (!machine.isClosed()) {
        machine.check().stream().map("the books are wrong: "::concat).forEach(wrong::add);
      }
    }
    sanitizer.findings().stream().map(Object::toString).forEach(wrong::add);
    return wrong;
  }
}
