package dev.nommu.tck.device;

import dev.nommu.api.AddressRange;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import java.util.List;

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
        .map(range -> new Contract("window at " + range, driver, new WindowClauses(range).all()))
        .toList();
  }

  /** Returns the rules of the contract, of nothing in particular: to be read, not to be tested. */
  public static List<Clause> rules() {
    return new WindowClauses(new AddressRange(0, 1)).all();
  }
}
