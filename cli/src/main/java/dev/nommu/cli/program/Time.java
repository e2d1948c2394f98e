package dev.nommu.cli.program;

import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.RealClock;
import dev.nommu.kernel.time.SimulatedClock;
import java.util.Locale;
import java.util.function.Supplier;

/** The clock of a machine. */
enum Time {
  /** It advances to the next deadline when all programs wait, independent of the host's clock. */
  SIMULATED(SimulatedClock::new),
  /** The host's clock. */
  REAL(RealClock::new);

  private final Supplier<MachineClock> clocks;

  Time(Supplier<MachineClock> clocks) {
    this.clocks = clocks;
  }

  Supplier<MachineClock> clocks() {
    return clocks;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
