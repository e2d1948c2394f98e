package dev.nommu.cli.board;

import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows a machine as it has booted. */
@Command(
    name = "board",
    header = "Shows a machine as it has booted.",
    description = {
      "Boots a board and shows the machine: what answers at which address, what came of each node"
          + " of the device tree, the devices and what is mounted.",
      "",
      "A node for which there is no driver, or whose driver failed, is listed as such. What was"
          + " hardly meant in the device tree, such as a unit address that reg does not begin with,"
          + " is a warning on standard error."
    },
    footer = {
      "  nommu board",
      "  nommu board --board boards/oracle.dts",
      "  nommu board --board virt.dtb"
    })
public final class BoardCommand implements Callable<Integer> {
  @Mixin private final BoardOptions board = new BoardOptions();

  private final Console console;

  /** Creates the command, which writes to a console. */
  public BoardCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    try (OpenBoard open = board.open(console)) {
      open.board().tree().warnings().forEach(warning -> console.note(warning.toString()));
      open.work(machine -> {
        console.line(open.setting());
        console.lines(new MachineView(machine, console.palette()).lines());
      });
    }
    return ExitCode.OK;
  }
}
