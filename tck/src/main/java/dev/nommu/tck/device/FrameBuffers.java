package dev.nommu.tck.device;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Setting;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Trial;
import dev.nommu.tck.mapping.MappingClauses;
import dev.nommu.tck.mapping.Opened;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The contract of frame buffers. */
public final class FrameBuffers {
  private static final int MAXIMUM = 32;

  private FrameBuffers() {}

  /**
   * Returns the contract of each frame buffer of the driver; others on the board are ignored.
   *
   * @throws BoardException if the machine does not have all that its board asks for
   * @throws IllegalArgumentException if there is none
   */
  public static List<Contract> of(Subject driver) throws BoardException {
    Setting setting = new Setting(Profile.DOCUMENT, Reach.FORWARDED, Memory.AS_GIVEN);
    try (Trial trial = driver.boot(setting)) {
      List<Contract> found =
          IntStream.range(0, MAXIMUM)
              .mapToObj(number -> "/dev/fb" + number)
              .filter(path -> isOfTheDriver(trial, path))
              .map(path -> contract(driver, path))
              .toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            driver.board().name() + ": expected a frame buffer of the driver, found none");
      }
      return found;
    }
  }

  /** Returns the rules of the contract, of nothing in particular: to be read, not to be tested. */
  public static List<Clause> rules() {
    return clauses("", Removal.rule());
  }

  /** Queries a frame buffer, and checks whether the driver received the call. */
  private static boolean isOfTheDriver(Trial trial, String path) {
    trial.recorder().clear();
    try {
      ShownScreen.of(Control.of(Opened.open(trial, path)));
    } catch (ErrnoException | MemoryFault absentOrFaulty) {
      // the call is recorded all the same
    }
    return !trial.recorder().calls("fixed").isEmpty();
  }

  private static Contract contract(Subject driver, String path) {
    return new Contract(path, driver, clauses(path, Removal.of(driver)));
  }

  private static List<Clause> clauses(String path, Clause removal) {
    return Stream.of(FrameBufferClauses.of(path), List.of(removal), MappingClauses.of(path))
        .flatMap(List::stream)
        .toList();
  }
}
