package dev.nommu.cli.check;

import dev.nommu.api.Profile;
import dev.nommu.cli.check.Checked.Result;
import dev.nommu.cli.check.ContractsOfClass.Given;
import dev.nommu.cli.check.Wire.Message;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.plugin.PluginOptions;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Service;
import dev.nommu.tck.Verdict;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Tests one class and reports to the parent process. Output of the plugin itself goes to the
 * standard error.
 */
@Command(name = "check-class", hidden = true, header = "Tests one class; called by 'check'.")
public final class CheckClassCommand implements Callable<Integer> {
  @Mixin private final PluginOptions plugins = new PluginOptions();

  @Option(names = "--board", paramLabel = "FILE")
  private Optional<Path> board = Optional.empty();

  @Option(names = "--executable", paramLabel = "FILE")
  private Optional<Path> executable = Optional.empty();

  @Option(names = "--seeds", paramLabel = "N", defaultValue = "0")
  private int seeds;

  @Option(names = "--capsules", paramLabel = "DIR", required = true)
  private Path capsules = Path.of("capsules");

  @Parameters(paramLabel = "CLASS")
  private String type = "";

  private final Console console;

  /** Creates the command. */
  public CheckClassCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    DataOutputStream out = new DataOutputStream(console.out());
    System.setOut(System.err);
    PluginPath path = Service.replacing(plugins.path(), ContractsOfClass.services());
    try {
      ContractsOfClass found = ContractsOfClass.find(path, type, given());
      for (Contract contract : found.contracts()) {
        test(contract, out);
      }
      Capsules kept = new Capsules(type, found.subject().board(), capsules);
      new SweptFaults(found, kept).run(seeds, out);
      new PlainSessions(found, kept).run(seeds, out);
      Wire.write(out, new Message.End(Optional.empty()));
    } catch (BoardException | IllegalArgumentException | IllegalStateException impossible) {
      String reason = String.valueOf(impossible.getMessage());
      Wire.write(out, new Message.End(Optional.of(reason)));
    }
    return ExitCode.OK;
  }

  private Given given() throws BoardException {
    Optional<Board> read =
        board.isPresent() ? Optional.of(Board.read(board.get())) : Optional.empty();
    return new Given(read, executable);
  }

  private static void test(Contract contract, DataOutputStream out) throws IOException {
    for (Profile profile : Profile.values()) {
      String about = "%s, %s".formatted(contract.title(), profile.id());
      for (Clause clause : contract.clauses()) {
        Wire.write(out, new Message.Begin(about + ": " + clause.name()));
        Verdict verdict = contract.judge(clause, profile);
        String text =
            verdict instanceof Verdict.Broken broken ? broken.describe(clause) : clause.name();
        Wire.write(
            out,
            new Message.Done(
                new Result(about, clause.rule().number(), clause.name(), verdict, text)));
      }
    }
  }
}
