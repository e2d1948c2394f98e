package dev.nommu.tck.device;

import dev.nommu.api.AddressRange;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import java.util.List;
import java.util.stream.Stream;

/** The contract of addresses that a driver answers itself, such as registers. */
public final class Registers {
  private Registers() {}

  /**
   * Returns the contract of each window that a driver claims.
   *
   * @throws BoardException if the machine does not have all that its board asks for
   * @throws IllegalArgumentException if the driver claims none
   */
  public static List<Contract> of(Subject driver) throws BoardException {
    return RegisteredDevices.windows(driver).stream()
        .map(
            range -> new Contract("window at " + range, driver, clauses(range, Removal.of(driver))))
        .toList();
  }

  /** Returns the rules of the contract, of nothing in particular: to be read, not to be tested. */
  public static List<Clause> rules() {
    return clauses(new AddressRange(0, 1), Removal.rule());
  }

  private static List<Clause> clauses(AddressRange range, Clause removal) {
    return Stream.concat(new WindowClauses(range).all().stream(), Stream.of(removal)).toList();
  }
}
