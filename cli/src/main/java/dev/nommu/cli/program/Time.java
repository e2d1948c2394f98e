package dev.nommu.cli.program;

import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.RealClock;
import dev.nommu.kernel.time.SimulatedClock;
import java.util.Locale;
import java.util.function.Supplier;

/** By which time a machine goes. */
enum Time {
  /** It goes on to the next deadline when all programs wait, whatever the host's clock says. */
  SIMULATED(SimulatedClock::new),
  /** It is the host's. */
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
