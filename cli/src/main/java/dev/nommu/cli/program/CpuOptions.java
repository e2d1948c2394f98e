package dev.nommu.cli.program;

import dev.nommu.kernel.Kernel;
import java.util.Optional;
import picocli.CommandLine.Option;

/** On how many processors programs run. */
final class CpuOptions {
  @Option(
      names = "--cpus",
      paramLabel = "COUNT",
      converter = CpuCount.class,
      description = {
        "How many programs run at once; they take turns. With 1 and the simulated clock the order"
            + " is the same in every run. Default: as many as the host can."
      })
  private Optional<Integer> cpus = Optional.empty();

  /** Creates the option as it is without an argument. */
  CpuOptions() {}

  /** Returns a kernel whose machines heed the option, and go by a time. */
  Kernel on(Kernel kernel, Time time) {
    Kernel timed = kernel.withClock(time.clocks());
    return cpus.map(timed::withCpus).orElse(timed);
  }
}
