package dev.nommu.tck.device;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Setting;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Trial;
import dev.nommu.tck.mapping.MappingClauses;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The contract of frame buffers. */
public final class FrameBuffers {
  private static final int MAXIMUM = 32;

  private FrameBuffers() {}

  /**
   * Returns the contract of each frame buffer that is on the board.
   *
   * @throws BoardException if the machine does not have all that its board asks for
   * @throws IllegalArgumentException if there is none
   */
  public static List<Contract> of(Subject driver) throws BoardException {
    Setting setting = new Setting(Profile.DOCUMENT, Reach.PLAIN, Memory.AS_GIVEN);
    try (Trial trial = driver.boot(setting)) {
      List<Contract> found =
          IntStream.range(0, MAXIMUM)
              .mapToObj(number -> "/dev/fb" + number)
              .filter(path -> isThere(trial, path))
              .map(path -> contract(driver, path))
              .toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            driver.board().name() + ": expected a frame buffer, and there is none");
      }
      return found;
    }
  }

  /** Returns the rules of the contract, of nothing in particular: to be read, not to be tested. */
  public static List<Clause> rules() {
    return FrameBufferClauses.of("");
  }

  private static boolean isThere(Trial trial, String path) {
    try {
      trial.task().close(trial.task().open(path, OpenFlags.O_RDONLY));
      return true;
    } catch (ErrnoException absent) {
      return false;
    }
  }

  private static Contract contract(Subject driver, String path) {
    return new Contract(
        path,
        driver,
        Stream.of(FrameBufferClauses.of(path), MappingClauses.of(path))
            .flatMap(List::stream)
            .toList());
  }
}
