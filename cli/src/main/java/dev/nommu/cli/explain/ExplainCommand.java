package dev.nommu.cli.explain;

import dev.nommu.cli.board.BoardOptions;
import dev.nommu.cli.board.OpenBoard;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Explains the result of one mmap. */
@Command(
    name = "explain",
    header = "Explains the result of one mmap.",
    description = {
      "Makes one call of mmap and explains its result: what the file's backing device offers, which"
          + " rule removed a capability, what the driver was asked and answered, and what would"
          + " have to change. Every step names its rule.",
      "",
      "For the file descriptor write a path (opened O_RDWR, or O_RDONLY if that fails), a call of"
          + " open with flags, or -1 with MAP_ANONYMOUS."
    },
    footer = {
      "  nommu explain 'mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, \"/m/romfs_rom/big.bin\", 0)'",
      "  nommu explain 'mmap(NULL, 4096, PROT_READ, MAP_SHARED, open(\"/dev/fb0\", O_RDWR), 0)'",
      "  nommu explain 'mmap(NULL, 5*4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)'"
    })
public final class ExplainCommand implements Callable<Integer> {
  @Mixin private final BoardOptions board = new BoardOptions();

  @Parameters(paramLabel = "CALL", description = "The call, in quotes for the shell.")
  private String call = "";

  private final Console console;

  /** Creates the command, which writes to a console. */
  public ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    MmapText text = MmapText.of(call);
    try (OpenBoard open = board.open(console)) {
      MmapScenario.parse(text, "O_RDONLY", open.vocabulary());
      open.work(machine -> new ExplainedMmap(text, machine, open.vocabulary(), console).explain());
    }
    return ExitCode.OK;
  }
}
