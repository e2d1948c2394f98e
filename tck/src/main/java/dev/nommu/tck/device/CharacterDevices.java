package dev.nommu.tck.device;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.mapping.MappingClauses;
import dev.nommu.tck.mapping.Readiness;
import java.util.ArrayList;
import java.util.List;

/** The contract of a character device. */
public final class CharacterDevices {

  private static final int[] FLAGS = {
    OpenFlags.O_RDONLY,
    OpenFlags.O_WRONLY,
    OpenFlags.O_RDWR,
    OpenFlags.O_RDWR | OpenFlags.O_NONBLOCK,
    OpenFlags.O_WRONLY | OpenFlags.O_APPEND
  };

  private CharacterDevices() {}

  /**
   * Returns the contract of each character device that a driver registers.
   *
   * @throws BoardException if the machine does not have all that its board asks for
   * @throws IllegalArgumentException if the driver registers none
   */
  public static List<Contract> of(Subject driver) throws BoardException {
    return RegisteredDevices.paths(driver, RegisteredDevices.CHARACTER).stream()
        .map(path -> new Contract(path, driver, clauses(path, Removal.of(driver))))
        .toList();
  }

  /** Returns the rules of the contract, of nothing in particular: to be read, not to be tested. */
  public static List<Clause> rules() {
    return clauses("", Removal.rule());
  }

  private static List<Clause> clauses(String path, Clause removal) {
    List<Clause> clauses = new ArrayList<>();
    clauses.add(
        Clause.of(
            "FCNTL-01",
            "With any flags, open succeeds or fails with an errno.",
            trial -> opens(trial, path)));
    clauses.add(
        Clause.of(
            "WAIT-04",
            "Poll agrees with a non-blocking read.",
            trial -> new Readiness(trial, path).judge()));
    clauses.add(removal);
    clauses.addAll(new DeviceSlots(path).all());
    clauses.addAll(MappingClauses.of(path));
    return clauses;
  }

  private static Verdict opens(Trial trial, String path) {
    for (int flags : FLAGS) {
      try {
        trial.task().close(trial.task().open(path, flags));
      } catch (ErrnoException refused) {
        if (refused.rule().filter("PLUGIN-01"::equals).isPresent()) {
          return Verdict.broken(
              "open(%s, 0%o): %s".formatted(path, flags, refused.getMessage()),
              "an open file, or EACCES, ENODEV, EPERM, ENXIO",
              "throw nothing but ErrnoException in open and close");
        }
      }
    }
    return Verdict.HELD;
  }
}
