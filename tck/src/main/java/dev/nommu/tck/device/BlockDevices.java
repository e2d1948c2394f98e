package dev.nommu.tck.device;

import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import dev.nommu.tck.mapping.MappingClauses;
import java.util.List;
import java.util.stream.Stream;

/** The contract of a block device. */
public final class BlockDevices {
  private BlockDevices() {}

  /**
   * Returns the contract of each block device that a driver registers.
   *
   * @throws BoardException if the machine does not have all that its board asks for
   * @throws IllegalArgumentException if the driver registers none
   */
  public static List<Contract> of(Subject driver) throws BoardException {
    return RegisteredDevices.paths(driver, RegisteredDevices.BLOCK).stream()
        .map(path -> new Contract(path, driver, clauses(path, Removal.of(driver))))
        .toList();
  }

  /** Returns the rules of the contract, of nothing in particular: to be read, not to be tested. */
  public static List<Clause> rules() {
    return clauses("", Removal.rule());
  }

  private static List<Clause> clauses(String path, Clause removal) {
    return Stream.of(new BlockClauses(path).all(), List.of(removal), MappingClauses.of(path))
        .flatMap(List::stream)
        .toList();
  }
}
