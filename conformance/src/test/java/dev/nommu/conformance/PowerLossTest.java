package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.conformance.FlashSession.Chip;
import dev.nommu.conformance.FlashSession.Pinning;
import dev.nommu.conformance.LosingPower.Step;
import dev.nommu.mtd.power.PowerSupply;
import dev.nommu.mtd.power.PowerSupply.Level;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The power of flash chips goes at each step that changes a cell, before it and in the middle of
 * it. What a machine finds that boots on what is left is old or new, but for the unit that was
 * being written: a word or an erase block, and behind mtdblock the erase block in its cache.
 * Meanwhile a romfs of the same chip is mapped, and the chip was pinned before each call.
 */
final class PowerLossTest {
  private static final long SEED = 20;

  /**
   * Of the many steps with which mtdblock writes a block anew, one in so many is tried; all of them
   * with {@code -Dnommu.losses.stride=1}, in about two minutes.
   */
  private static final int STRIDE = Integer.getInteger("nommu.losses.stride", 61);

  private static final int CACHED_WRITE = 2;

  /** What was found over all losses. */
  private record Counts(int clean, int torn, int undefinedBytes) {
    Counts plus(Level level, int undefined) {
      return level == Level.OFF
          ? new Counts(clean + 1, torn, undefinedBytes + undefined)
          : new Counts(clean, torn + 1, undefinedBytes + undefined);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "intel,28f256p30", "cfi-flash" | 0x8000 | 0x2000 | POINTED
          "amd,s29gl256n", "cfi-flash" | 0x40000 | 0x20000 | COPIED
          """)
  void flash05_powerLoss_leavesOldOrNewOutsideTheUnitInFlight(
      String compatible, int size, int block, Pinning pinning) throws Exception {
    Chip chip = new Chip(compatible, size, block, pinning);
    try (FlashSession session = new FlashSession(chip, SEED)) {
      List<byte[]> states = new ArrayList<>();
      states.add(session.initial());
      List<Step> steps = steps(session, states);
      Counts counts = new Counts(0, 0, 0);
      for (int n : losses(steps)) {
        for (Level level : List.of(Level.OFF, Level.FAILING)) {
          Loss loss = new Loss(chip, steps.get(n), level, states);
          counts = counts.plus(level, lose(session, n, loss));
        }
      }
      assertThat(counts.undefinedBytes()).as("some steps were torn").isPositive();
      System.out.printf(
          "power losses of %s: %d steps, seed %d: %s%n", compatible, steps.size(), SEED, counts);
    }
  }

  /** Does the work without a loss. */
  private static List<Step> steps(FlashSession session, List<byte[]> states) throws Exception {
    LosingPower power = LosingPower.never();
    try (TestMachine machine = session.boot(power)) {
      states.addAll(session.work(machine, power));
      session.mapRomfs(machine);
    }
    assertThat(states).hasSize(FlashSession.calls() + 1);
    assertThat(session.content()).isEqualTo(states.getLast());
    return power.steps();
  }

  /** Returns all steps of the first two calls and some of the last, with its first and last. */
  private static List<Integer> losses(List<Step> steps) {
    List<Integer> chosen = new ArrayList<>();
    for (int n = 0; n < steps.size(); n++) {
      boolean cached = steps.get(n).call() == CACHED_WRITE;
      boolean edge =
          n == steps.size() - 1 || steps.get(n - 1 < 0 ? 0 : n - 1).call() < CACHED_WRITE;
      if (!cached || edge || n % STRIDE == 0) {
        chosen.add(n);
      }
    }
    return chosen;
  }

  /** Returns how many bytes are neither old nor new. */
  private static int lose(FlashSession session, int n, Loss loss) throws Exception {
    session.reset();
    LosingPower power = new LosingPower(n, loss.level());
    try (TestMachine machine = session.boot(power)) {
      session.work(machine, power);
      assertThat(machine.machine().check()).isEmpty();
    }
    assertThat(power.isGone()).as("step %d is reached", n).isTrue();
    int undefined = loss.undefinedIn(session.content());
    reboot(session);
    return undefined;
  }

  private static void reboot(FlashSession session) throws Exception {
    byte[] found = session.content();
    try (TestMachine machine = session.boot(PowerSupply.STEADY)) {
      session.mapRomfs(machine);
      assertThat(machine.machine().check()).isEmpty();
    }
    assertThat(session.content()).as("booting changes nothing").isEqualTo(found);
  }

  /**
   * A loss of power, and what the flash held before and after each call.
   *
   * @param step during which the power goes
   */
  private record Loss(Chip chip, Step step, Level level, List<byte[]> states) {
    int undefinedIn(byte[] found) throws IOException {
      byte[] before = states.get(step.call());
      byte[] after = states.get(step.call() + 1);
      int undefined = 0;
      for (int at = 0; at < found.length; at++) {
        if (found[at] != before[at] && found[at] != after[at]) {
          assertThat(isInFlight(at)).as("%s %s: byte 0x%x", level, step, at).isTrue();
          undefined++;
        }
      }
      return undefined;
    }

    /** Nothing is undefined if the power goes before a step, but what mtdblock has erased. */
    private boolean isInFlight(int at) {
      return step.call() == CACHED_WRITE
          ? at >= chip.cached()
          : level == Level.FAILING && step.touches(at);
    }
  }
}
