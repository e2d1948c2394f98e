package dev.nommu.cli.check;

import dev.nommu.api.HostFailure;
import dev.nommu.cli.check.Checked.Result;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.console.Ticker;
import dev.nommu.cli.plugin.PluginOptions;
import dev.nommu.cli.text.Colour;
import dev.nommu.cli.text.Printable;
import dev.nommu.tck.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks the plugins of a jar. */
@Command(
    name = "check",
    header = "Checks finished plugins against their contract.",
    description = {
      "Tests each rule that applies to each plugin in a jar or a folder of classes, under both"
          + " profiles, without a test class. A rule that does not apply is skipped, with the"
          + " reason; a broken one is reported with what was found, what was expected, and what to"
          + " change.",
      "",
      "Each class is tested in a separate process with a time limit, so that one that hangs or"
          + " exits is reported. Plugins are code and are trusted: they can do whatever you can."
    },
    footer = {
      "  nommu check target/sensor.jar",
      "  nommu check target/classes --board board.dts --class org.example.SensorDriver",
      "  nommu check sensor.jar --tap",
      "  nommu check sensor.jar --junit-xml report.xml"
    })
public final class CheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JAR|DIR", description = "A jar, or a folder of classes or of jars.")
  private Path place = Path.of("");

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "Check only this class. Can be given several times.")
  private List<String> types = List.of();

  @Option(
      names = "--board",
      paramLabel = "FILE",
      description = {
        "The board that has the plugin.",
        "Default: one with 16 MiB of RAM and a node for the driver, with 64 KiB of addresses."
      })
  private Optional<Path> board = Optional.empty();

  @Option(
      names = "--executable",
      paramLabel = "FILE",
      description = "A program that the binary format loads; required to check a binary format.")
  private Optional<Path> executable = Optional.empty();

  @Option(
      names = "--skipped",
      description = "List each test that was skipped. Default: the rules, by reason.")
  private boolean listsSkipped;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "The time limit for each class. Default: ${DEFAULT-VALUE}.")
  private long seconds;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "20",
      description = {
        "Also run this many generated sessions under each profile, with seeds from 1. Failures are"
            + " shrunk and saved as capsules, which 'nommu run' replays. Default: ${DEFAULT-VALUE}."
      })
  private int seeds;

  @Option(
      names = "--capsules",
      paramLabel = "DIR",
      defaultValue = "capsules",
      description = "The folder for failed sessions. Default: ${DEFAULT-VALUE}.")
  private Path capsules = Path.of("");

  @Mixin private final PluginOptions others = new PluginOptions();

  @ArgGroup(exclusive = false)
  private final Form form = new Form();

  private final Console console;

  /** Creates the command. */
  public CheckCommand(Console console) {
    this.console = console;
  }

  /** The form of the results. */
  private static final class Form {
    @Option(
        names = "--tap",
        description = "Print the results as KTAP, like the kernel's own tests.")
    private boolean tap;

    @Option(
        names = "--junit-xml",
        paramLabel = "FILE",
        description = "Also write the results as JUnit XML.")
    private Optional<Path> junitXml = Optional.empty();

    @Option(
        names = "--html",
        paramLabel = "FILE",
        description = "Also write the results as an HTML page.")
    private Optional<Path> html = Optional.empty();
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    requireSensible();
    List<Checked> checked = new ArrayList<>();
    for (String type : chosen()) {
      checked.add(check(type));
      if (!form.tap) {
        print(checked.getLast());
      }
    }
    if (form.tap) {
      try (Writer writer = console.writer()) {
        new Ktap().write(place.toString(), checked, writer);
        writer.flush();
      }
    }
    write(form.junitXml, new JunitXml(), checked);
    write(form.html, new HtmlPage(), checked);
    return checked.stream().allMatch(Checked::isSound) ? ExitCode.OK : ExitCode.FAILED;
  }

  private void requireSensible() throws CommandException {
    if (seconds < 1 || seeds < 0) {
      throw new CommandException(
          ExitCode.USAGE,
          "nommu check: expected a timeout of 1 s or more and 0 seeds or more, found %d s and %d"
              .formatted(seconds, seeds));
    }
    requireFile("--board", board);
    requireFile("--executable", executable);
  }

  private static void requireFile(String option, Optional<Path> file) throws CommandException {
    if (file.isPresent() && !Files.isRegularFile(file.get())) {
      throw new CommandException(
          ExitCode.USAGE, "nommu check: %s %s: no such file".formatted(option, file.get()));
    }
  }

  private List<String> chosen() throws CommandException {
    List<String> there = ContractsOfClass.classes(others.with(place, console).path(), place);
    List<String> wanted = types.isEmpty() ? there : types;
    for (String type : wanted) {
      if (!there.contains(type)) {
        throw new CommandException(
            ExitCode.USAGE,
            "nommu check: %s: expected one of its plugins, %s, found %s"
                .formatted(place, there, type));
      }
    }
    if (wanted.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "nommu check: %s: no contract tests plugins of its kinds (docs/CONTRACTS.md)"
              .formatted(place));
    }
    return wanted;
  }

  private Checked check(String type) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(ClassCheck.program());
    command.addAll(List.of("check-class", "--seeds", String.valueOf(seeds)));
    command.addAll(List.of("--capsules", capsules.toString(), "--plugin", place.toString()));
    others.places().forEach(other -> command.addAll(List.of("--plugin", other.toString())));
    board.ifPresent(file -> command.addAll(List.of("--board", file.toString())));
    executable.ifPresent(file -> command.addAll(List.of("--executable", file.toString())));
    command.add(type);
    try (Ticker ticker = new Ticker(console)) {
      return new ClassCheck(command, type, Duration.ofSeconds(seconds))
          .run(name -> ticker.tick(() -> Printable.of(type + ": " + name)));
    }
  }

  private void print(Checked checked) {
    for (Result result : checked.results()) {
      switch (result.verdict()) {
        case Verdict.Held held -> {}
        case Verdict.Skipped(String reason) when listsSkipped ->
            skipped("%s: %s (%s)".formatted(result.about(), result.name(), reason));
        case Verdict.Skipped summarised -> {}
        case Verdict.Broken broken ->
            console.line(
                "%s %s: %s"
                    .formatted(
                        console.palette().paint(Colour.RED, "broken "),
                        result.about(),
                        text(result)));
      }
    }
    if (!listsSkipped) {
      checked
          .skipped()
          .forEach(
              (reason, rules) -> skipped("%s: %s".formatted(String.join(", ", rules), reason)));
    }
    checked.notes().forEach(note -> console.line("swept   " + Printable.of(note)));
    checked.failure().ifPresent(why -> console.line("failed  " + Printable.of(why)));
    String broken = checked.broken();
    console.line(
        "%s: %s%s"
            .formatted(
                checked.type(), checked.counts(), broken.isEmpty() ? "" : " (" + broken + ")"));
  }

  private void skipped(String what) {
    console.line(console.palette().paint(Colour.FAINT, "skipped") + " " + Printable.of(what));
  }

  private static String text(Result result) {
    return String.join("\n", result.text().lines().map(Printable::of).toList());
  }

  private void write(Optional<Path> file, Report report, List<Checked> checked)
      throws CommandException {
    if (file.isEmpty()) {
      return;
    }
    try (Writer writer = Files.newBufferedWriter(file.get())) {
      report.write(place.toString(), checked, writer);
    } catch (IOException failure) {
      throw new CommandException(
          ExitCode.FAILED,
          "nommu check: cannot write %s: %s".formatted(file.get(), HostFailure.reason(failure)),
          failure);
    }
  }
}
