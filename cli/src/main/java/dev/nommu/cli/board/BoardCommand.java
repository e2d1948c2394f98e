package dev.nommu.cli.board;

import dev.nommu.api.HostFailure;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows a machine as it has booted. */
@Command(
    name = "board",
    header = "Shows a machine as it has booted.",
    description = {
      "Boots a board and shows the machine: its address map, the device tree with the outcome of"
          + " each node, the devices and partitions at the nodes they belong to, and the mounts.",
      "",
      "Nodes without a driver, and nodes whose driver failed, are listed too, with the reason. A"
          + " likely mistake in the device tree, such as a unit address that differs from the start"
          + " of reg, is a warning on standard error."
    },
    footer = {
      "  nommu board",
      "  nommu board --board boards/oracle.dts",
      "  nommu board --board virt.dtb --json",
      "  nommu board --board virt.dtb --svg memory.svg"
    })
public final class BoardCommand implements Callable<Integer> {
  @Mixin private final BoardOptions board = new BoardOptions();

  @Option(
      names = "--json",
      description = "Write JSON, as described in docs/BOARDS.md, instead of a tree.")
  private boolean json;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description =
          "Draw the memory map to scale to this file: the blocks of the RAM, devices,"
              + " partitions.")
  private Optional<Path> svg = Optional.empty();

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
        if (json) {
          console.line(BoardJson.of(machine));
        } else {
          console.line(open.setting());
          console.lines(new MachineView(machine, console.palette()).lines());
        }
        if (svg.isPresent()) {
          write(MemoryMapSvg.of(machine), svg.get());
        }
      });
    }
    return ExitCode.OK;
  }

  private static void write(String picture, Path to) throws CommandException {
    try {
      Files.writeString(to, picture);
    } catch (IOException failure) {
      throw new CommandException(
          ExitCode.FAILED,
          "%s: cannot be written: %s".formatted(to, HostFailure.reason(failure)),
          failure);
    }
  }
}
