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
 * @param sanitizer what was found
 */
record TestMachine(Machine machine, RecordingSanitizer sanitizer) {
  /**
   * Boots a machine that has all that its board asks for.
   *
   * @throws BoardException if it does not
   */
  static TestMachine boot(Board board, Profile profile) throws BoardException {
    RecordingSanitizer sanitizer = new RecordingSanitizer();
    Kernel kernel = Kernel.standard().with(sanitizer);
    return new TestMachine(kernel.boot(board, profile, Strictness.STRICT), sanitizer);
  }

  /**
   * Boots a machine with a fault.
   *
   * @throws BoardException if it cannot be had even without what the fault takes away
   */
  static TestMachine boot(Board board, Profile profile, GivenFault fault) throws BoardException {
    RecordingSanitizer sanitizer = new RecordingSanitizer();
    return new TestMachine(fault.boot(board, profile, sanitizer), sanitizer);
  }

  /** Closes it and returns what is wrong, each with what caused it. */
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
