package dev.nommu.tck.device;

import dev.nommu.api.BackingStore;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import dev.nommu.tck.mapping.MappingClauses;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The contract of memory technology devices: of their character devices, and of their stores. */
public final class Mtds {
  private static final Pattern NODE = Pattern.compile("/dev/mtd\\d+");
  private static final String STORE = "registerStore";

  private Mtds() {}

  /**
   * Returns the contract of each character device {@code mtdN} that a driver registers, and of each
   * store that can be mounted by name.
   *
   * @throws BoardException if the machine does not have all that its board asks for
   * @throws IllegalArgumentException if the driver registers none
   */
  public static List<Contract> of(Subject driver) throws BoardException {
    Stream<Contract> nodes =
        RegisteredDevices.paths(driver, RegisteredDevices.CHARACTER).stream()
            .filter(NODE.asMatchPredicate())
            .map(path -> new Contract(path, driver, clauses(path, Removal.of(driver))));
    Stream<Contract> stores =
        RegisteredDevices.paths(driver, STORE).stream()
            .map(path ->
                new Contract(
                    path.replaceFirst("^/dev/", "store "),
                    driver,
                    store(path, Removal.of(driver))));
    return Stream.concat(nodes, stores).toList();
  }

  /** Returns the rules of the contract, of nothing in particular: to be read, not to be tested. */
  public static List<Clause> rules() {
    return clauses("", Removal.rule());
  }

  private static List<Clause> clauses(String path, Clause removal) {
    return Stream.of(
            new MtdClauses(path).all(),
            new EraseClauses(path).all(),
            List.of(removal),
            new DeviceSlots(path).all(),
            MappingClauses.of(path))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Clause> store(String path, Clause removal) {
    StoreClauses store =
        new StoreClauses(trial -> RegisteredDevices.device(trial, STORE, path, BackingStore.class));
    return Stream.concat(store.all().stream(), Stream.of(removal)).toList();
  }
}
