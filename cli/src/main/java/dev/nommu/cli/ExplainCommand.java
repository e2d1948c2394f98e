package dev.nommu.cli;

import dev.nommu.api.ErrnoException;
import dev.nommu.cli.text.Cell;
import dev.nommu.cli.text.Colour;
import dev.nommu.cli.text.Columns;
import dev.nommu.cli.trail.Remark;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.Task;
import dev.nommu.kernel.mm.Rule;
import dev.nommu.kernel.vfs.OpenFlags;
import dev.nommu.scenario.Call;
import dev.nommu.scenario.Expression;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioException;
import dev.nommu.scenario.ScenarioLine;
import dev.nommu.scenario.ScenarioRunner;
import dev.nommu.scenario.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells how the result of one mmap comes about. */
@Command(
    name = "explain",
    header = "Why one mmap comes out as it does.",
    description = {
      "Makes one call of mmap and tells how its result came about: what the file's backing device"
          + " offers, which rule took something away, what the driver was asked and answered, and"
          + " what would have to be different. Every step names its rule.",
      "",
      "For the file descriptor write a path (opened O_RDWR, or O_RDONLY if that cannot be), a call"
          + " of open with flags, or -1 with MAP_ANONYMOUS."
    },
    footer = {
      "  nommu explain 'mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, \"/m/romfs_rom/big.bin\", 0)'",
      "  nommu explain 'mmap(NULL, 4096, PROT_READ, MAP_SHARED, open(\"/dev/fb0\", O_RDWR), 0)'",
      "  nommu explain 'mmap(NULL, 5*4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)'"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final Cell NOTHING = Cell.of("");

  @Mixin private final BoardOptions board = new BoardOptions();

  @Parameters(paramLabel = "CALL", description = "The call, in quotes for the shell.")
  private String call = "";

  private final Console console;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    MmapText text = MmapText.of(call);
    parse(text, "O_RDONLY");
    try (OpenBoard open = board.open()) {
      open.work(machine -> explain(text, machine));
    }
    return ExitCode.OK;
  }

  private Scenario parse(MmapText text, String flags) throws CommandException {
    try {
      Scenario scenario = Scenario.parse("CALL", text.scenario(flags));
      requireMmap(scenario);
      return scenario;
    } catch (ScenarioException malformed) {
      throw new CommandException(ExitCode.USAGE, mistake(text, malformed), malformed);
    }
  }

  private static String mistake(MmapText text, ScenarioException malformed) {
    String near = malformed.suggestion().map(name -> " (did you mean " + name + "?)").orElse("");
    return "nommu explain: expected %s, found %s%s\n  %s\n  %s^"
        .formatted(
            malformed.expected(),
            malformed.found(),
            near,
            text.text(),
            " ".repeat(malformed.position().column() - 1));
  }

  private static void requireMmap(Scenario scenario) throws CommandException {
    boolean mmap =
        scenario.lines().stream()
            .reduce((earlier, later) -> later)
            .filter(ExplainCommand::isMmap)
            .isPresent();
    if (!mmap) {
      throw new CommandException(
          ExitCode.USAGE,
          "nommu explain: expected one call mmap(address, length, protection, flags, file,"
              + " offset)");
    }
  }

  private static boolean isMmap(ScenarioLine line) {
    return line instanceof ScenarioLine.Statement(var _, int _, Step.Run(var _, var _, var made))
        && made.call() == Call.MMAP;
  }

  private void explain(MmapText text, Machine machine)
      throws CommandException, InterruptedException {
    Scenario scenario = parse(text, flags(text, machine));
    Reasons reasons = new Reasons(machine.board());
    for (Answered step : run(scenario, new MachinePort(machine, reasons::next))) {
      if (step.isMmap()) {
        console.line(console.palette().paint(Colour.STRONG, text.text() + step.result()));
      } else {
        console.line(MmapText.withoutVariable(step.text() + step.result()));
        requireOpen(step);
      }
    }
    console.line("");
    console.lines(paragraphs(reasons.take()));
  }

  /** Returns how a path is opened: for writing too, if that can be. */
  private static String flags(MmapText text, Machine machine) throws CommandException {
    Optional<String> path = text.path().flatMap(ExplainCommand::unescaped);
    if (path.isEmpty() || opens(machine.init(), path.get(), OpenFlags.O_RDWR).isEmpty()) {
      return "O_RDWR";
    }
    Optional<ErrnoException> failure = opens(machine.init(), path.get(), OpenFlags.O_RDONLY);
    if (failure.isPresent()) {
      throw new CommandException(
          ExitCode.FAILED, "nommu explain: cannot open the file: " + failure.get().describe());
    }
    return "O_RDONLY";
  }

  private static Optional<ErrnoException> opens(Task task, String path, int flags) {
    try {
      task.close(task.open(path, flags));
      return Optional.empty();
    } catch (ErrnoException failure) {
      return Optional.of(failure);
    }
  }

  /** Returns what a path in quotes says, or empty if it is not correct, which is said later. */
  private static Optional<String> unescaped(String quoted) {
    try {
      List<ScenarioLine> lines = Scenario.parse("", "cat(" + quoted + ")").lines();
      return lines.getFirst() instanceof ScenarioLine.Statement(var _, int _, Step.Run run)
              && run.invocation().arguments().getFirst() instanceof Expression.Literal(byte[] path)
          ? Optional.of(new String(path, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (ScenarioException malformed) {
      return Optional.empty();
    }
  }

  /**
   * A step with its result.
   *
   * @param text the step
   * @param result what the transcript has behind it
   */
  private record Answered(ScenarioLine line, String text, String result) {
    boolean isMmap() {
      return ExplainCommand.isMmap(line);
    }
  }

  private static List<Answered> run(Scenario scenario, MachinePort port)
      throws CommandException, InterruptedException {
    try {
      List<String> transcript = new ScenarioRunner(scenario, port).run(line -> {}).lines();
      List<Answered> answered = new ArrayList<>();
      for (int i = 0; i < scenario.lines().size(); i++) {
        ScenarioLine line = scenario.lines().get(i);
        String result = transcript.get(i).substring(line.text().length());
        answered.add(new Answered(line, line.text(), result));
      }
      return answered;
    } catch (ScenarioException impossible) {
      throw CommandException.of(ExitCode.FAILED, impossible);
    }
  }

  private static void requireOpen(Answered step) throws CommandException {
    if (step.result().contains("= -1 ")) {
      throw new CommandException(ExitCode.FAILED, "nommu explain: the file cannot be opened");
    }
  }

  private List<String> paragraphs(List<Remark> remarks) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Remark remark : remarks) {
      Cell label = new Cell(remark.label().toString(), colour(remark.label()));
      List<String> texts =
          Stream.concat(Stream.of(remark.text()), remark.rule().map(ExplainCommand::cited).stream())
              .filter(text -> !text.isEmpty())
              .toList();
      rows.add(List.of(NOTHING, label, Cell.of(texts.getFirst())));
      texts.stream()
          .skip(1)
          .map(text -> List.of(NOTHING, NOTHING, new Cell(text, Colour.FAINT)))
          .forEach(rows::add);
    }
    return Columns.lay(rows, console.palette());
  }

  private static String cited(Rule rule) {
    return "%s: %s (%s)".formatted(rule.id(), rule.sentence(), Remark.reference(rule));
  }

  private static Colour colour(Remark.Label label) {
    return switch (label) {
      case PASSED, OFFERED, APPLIED, ASKED -> Colour.PLAIN;
      case DROPPED -> Colour.YELLOW;
      case REFUSED -> Colour.RED;
      case MAPPED, INSTEAD -> Colour.GREEN;
    };
  }
}
