package dev.nommu.cli.matrix;

import dev.nommu.cli.board.BoardOptions;
import dev.nommu.cli.board.OpenBoard;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries every row of the document's list on everything a machine has. */
@Command(
    name = "matrix",
    header = "Shows what can be mapped: tries everything, in every way.",
    description = {
      "Tries every row of the list in nommu-mmap.txt, with every protection, on anonymous memory,"
          + " on a file of each mount and on every device of the machine.",
      "",
      "Each request is made while nothing else is mapped, and repeated by a second process. It is"
          + " zeroed (private memory), copied, direct (the file's own store), shared (with an"
          + " existing mapping) or refused with an error; the rule follows, and who decided: the"
          + " kernel, or the class of a plugin."
    },
    footer = {
      "  nommu matrix",
      "  nommu matrix --profile linux-6.12",
      "  nommu matrix --board boards/oracle.dts --format markdown > matrix.md",
      "  nommu matrix --format csv | grep romfs"
    })
public final class MatrixCommand implements Callable<Integer> {
  @Mixin private final BoardOptions board = new BoardOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = LayoutConverter.class,
      completionCandidates = LayoutConverter.class,
      defaultValue = "text",
      description = {"${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}."})
  private Layout layout = Layout.TEXT;

  private final Console console;

  /** Creates the command, which writes to a console. */
  public MatrixCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    try (OpenBoard open = board.open(console)) {
      open.work(machine ->
          console.lines(layout.write(Matrix.of(machine), open.setting(), console.palette())));
    }
    return ExitCode.OK;
  }
}
