package dev.nommu.cli.program;

import dev.nommu.api.HostFailure;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.kernel.Machine;
import dev.nommu.riscvlinux.gdb.GdbServer;
import java.io.IOException;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether a debugger attaches to what runs. */
final class DebugOptions {
  private static final int LAST_PORT = 65535;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  private OptionalInt port = OptionalInt.empty();

  /** Creates the options as they are without arguments. */
  DebugOptions() {}

  @Option(
      names = "--gdb",
      paramLabel = "PORT",
      description =
          "Stop before the first instruction until gdb attaches to PORT of this host, 0 for any"
              + " that is free, and goes on: gdb-multiarch PROGRAM -ex 'target remote :PORT'.")
  void port(int given) {
    if (given < 0 || given > LAST_PORT) {
      throw new ParameterException(
          command.commandLine(), "--gdb: expected a port, 0 to 65535, found " + given);
    }
    port = OptionalInt.of(given);
  }

  /** Work during which a debugger can attach. */
  interface Debugged<T> {
    T with() throws CommandException, IOException, InterruptedException;
  }

  /**
   * Lets gdb attach to the first program of a machine while something is done.
   *
   * @throws CommandException if the port is taken
   */
  <T> T during(Machine machine, Console console, Debugged<T> work)
      throws CommandException, IOException, InterruptedException {
    if (port.isEmpty()) {
      return work.with();
    }
    try (GdbServer server = listen(machine)) {
      console.note("nommu: waits for gdb: target remote :%d".formatted(server.port()));
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
