package dev.nommu.cli.program;

import dev.nommu.kernel.Kernel;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The number of processors for programs. */
final class CpuOptions {
  @Option(
      names = "--cpus",
      paramLabel = "COUNT",
      converter = CpuCount.class,
      description = {
        "Programs to run at once; they take turns. With 1 and the simulated clock the order is the"
            + " same in every run. Default: as many as the host can run."
      })
  private Optional<Integer> cpus = Optional.empty();

  /** Creates the option with its default. */
  CpuOptions() {}

  /** Returns a kernel whose machines use the option and a clock. */
  Kernel on(Kernel kernel, Time time) {
    Kernel timed = kernel.withClock(time.clocks());
    return cpus.map(timed::withCpus).orElse(timed);
  }
}
