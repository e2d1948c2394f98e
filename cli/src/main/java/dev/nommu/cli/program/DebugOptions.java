package dev.nommu.cli.program;

import dev.nommu.api.HostFailure;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.kernel.Machine;
import dev.nommu.riscvlinux.gdb.GdbServer;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether a debugger attaches to the programs. */
final class DebugOptions {
  @Option(
      names = "--gdb",
      paramLabel = "PORT",
      converter = Port.class,
      description =
          "Stop before the first instruction until gdb attaches to PORT of this host, 0 for any"
              + " free one, and continues: gdb-multiarch PROGRAM -ex 'target remote :PORT'.")
  private Optional<Integer> port = Optional.empty();

  /** Creates the options with their defaults. */
  DebugOptions() {}

  /** Work during which a debugger can attach. */
  interface Debugged<T> {
    T with() throws CommandException, IOException, InterruptedException;
  }

  /**
   * Lets gdb attach to the first program of a machine during some work.
   *
   * @throws CommandException if the port is taken
   */
  <T> T during(Machine machine, Console console, Debugged<T> work)
      throws CommandException, IOException, InterruptedException {
    if (port.isEmpty()) {
      return work.with();
    }
    try (GdbServer server = listen(machine)) {
      console.note("nommu: waiting for gdb: target remote :%d".formatted(server.port()));
      return work.with();
    }
  }

  private GdbServer listen(Machine machine) throws CommandException {
    try {
      return GdbServer.listen(machine, port.orElseThrow());
    } catch (IOException taken) {
      throw new CommandException(
          ExitCode.FAILED,
          "nommu: --gdb %d: %s".formatted(port.orElseThrow(), HostFailure.reason(taken)),
          taken);
    }
  }
}
