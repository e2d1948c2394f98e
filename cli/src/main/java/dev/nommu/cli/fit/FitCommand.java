package dev.nommu.cli.fit;

import dev.nommu.api.AddressRange;
import dev.nommu.cli.board.BoardOptions;
import dev.nommu.cli.board.OpenBoard;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.option.ByteCount;
import dev.nommu.cli.run.ScenarioRun;
import dev.nommu.kernel.memory.Ram;
import dev.nommu.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks whether programs and mappings fit into the memory of a board. */
@Command(
    name = "fit",
    header = "Checks whether programs fit into the memory of a board, and explains why not.",
    description = {
      "Loads each program into a new process, as execve does, then makes the calls of the scenario,"
          + " and shows the free memory after each step: the number of blocks of each order, which"
          + " have 2 to the order pages of 4 KiB. A step that fails is shown with the reason.",
      "",
      "Then it tries possible remedies, on separate machines: the programs executed in place, from"
          + " a romfs in memory outside the RAM; vm.nr_trim_pages at 0, or at 1 if it is 0; the"
          + " programs in another order. For details see docs/MEMORY-FIT.md."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything fits",
      "1:at least one step ran out of memory (ENOMEM)",
      "2:a board, a program or a scenario is missing or invalid"
    },
    footer = {
      "  nommu fit --board boards/oracle.dts --scenario examples/session.txt",
      "  nommu fit --board my.dts --memory 8M /bin/init /bin/sh /bin/sh",
      "  nommu fit --board my.dts --kernel 1800K --sysctl vm.nr_trim_pages=0 /bin/busybox"
    })
public final class FitCommand implements Callable<Integer> {
  @Mixin private final BoardOptions board = new BoardOptions();

  @Option(
      names = "--kernel",
      paramLabel = "SIZE",
      converter = ByteCount.class,
      description = {
        "The size of the kernel, from the start of the RAM: 1800K, 2M. Memory that the board"
            + " reserves there counts as part of it.",
        "Default: 2560K and 64 bytes for each page of RAM, as in the recorded kernel."
      })
  private Optional<Long> kernel = Optional.empty();

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "The calls to make once the programs are loaded; - is the standard input.")
  private Optional<Path> scenario = Optional.empty();

  @Parameters(
      arity = "0..*",
      paramLabel = "PROGRAM",
      description = "Paths of executables on the machine. The same one may be given several times.")
  private List<String> programs = List.of();

  private final Console console;

  /** Creates the command, which writes to a console. */
  public FitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    if (programs.isEmpty() && scenario.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE, "nommu fit: expected a PROGRAM or --scenario FILE, found neither");
    }
    try (OpenBoard open = board.open(console)) {
      Workload work = new Workload(programs, scenario(open));
      AddressRange taken = taken(open);
      Setting setting = new Setting(open).reserving(taken);
      Outcome outcome = Trial.of(setting.open(), work);
      List<Remedy> remedies = new Remedies(setting, work, outcome).all();
      console.line(open.setting());
      open.board().ram().banks().forEach(bank -> console.line("RAM: " + sized(bank)));
      console.line(
          "kernel: %s%s".formatted(sized(taken), kernel.isPresent() ? "" : " (see --kernel)"));
      open.board().reserved().forEach(range -> console.line("reserved: " + sized(range)));
      console.line("");
      console.lines(new FitReport(outcome, remedies, console.palette()).lines());
      return outcome.fits() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private Optional<Scenario> scenario(OpenBoard open) throws CommandException {
    return scenario.isPresent()
        ? Optional.of(ScenarioRun.parse(scenario.get(), console.in(), open.vocabulary()))
        : Optional.empty();
  }

  private AddressRange taken(OpenBoard open) throws CommandException {
    Ram ram = open.board().ram();
    return KernelSize.at(ram, kernel.orElse(KernelSize.byDefault(ram)));
  }

  private static String sized(AddressRange range) {
    return "%s, %s".formatted(range, FreeMemory.kib(range.length()));
  }
}
