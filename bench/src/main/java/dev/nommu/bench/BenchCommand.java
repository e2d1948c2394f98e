package dev.nommu.bench;

import dev.nommu.bench.goal.Measurement;
import dev.nommu.bench.goal.Result;
import dev.nommu.bench.goal.Row;
import dev.nommu.bench.report.Docs;
import dev.nommu.bench.report.Host;
import dev.nommu.bench.report.JsonReport;
import dev.nommu.bench.report.TextTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures, prints the table, and writes the results to the requested files. */
@Command(
    name = "nommu bench",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nommu bench --quick",
      "  nommu bench --quick --only boot",
      "  nommu bench --json - >measured.json",
      "  nommu bench --docs docs"
    },
    description = {
      "Measures speed and size, and compares them with the alternatives and with the goals.",
      "Ratios come from a single run. For reliable figures, run nothing else meanwhile.",
      "Each figure is reported on standard error once it is measured, and the table at the end on"
          + " standard output."
    })
final class BenchCommand implements Callable<Integer> {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  private final PrintStream out;
  private final PrintStream err;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--quick",
      description =
          "Take two and a half minutes instead of a quarter of an hour, with larger errors.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "Measure only the rows whose title matches.")
  private Optional<Pattern> only = Optional.empty();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Write all measurements to FILE; - is standard output, which then has no table.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--docs",
      paramLabel = "DIR",
      description = {
        "Update the project's documentation: performance.json and",
        "performance-growth.svg in DIR, and the table in DIR/PERFORMANCE.md."
      })
  private Optional<Path> docs = Optional.empty();

  BenchCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  private List<Row> rows() {
    List<Row> rows = Rows.ALL.stream().filter(this::wanted).toList();
    if (rows.isEmpty()) {
      throw wrong("--only: no row title matches " + only.orElseThrow());
    }
    return rows;
  }

  private void requireDocs() {
    docs.map(folder -> folder.resolve("PERFORMANCE.md"))
        .filter(file -> !Files.isWritable(file))
        .ifPresent(file -> {
          throw wrong("--docs: expected a writable file, found none: " + file);
        });
  }

  private void requireFolderOfJson() {
    jsonFile()
        .map(file -> file.toAbsolutePath().getParent())
        .filter(folder -> !Files.isDirectory(folder))
        .ifPresent(folder -> {
          throw wrong("--json: no such directory: " + folder);
        });
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  @Override
  public Integer call() throws BenchException, IOException {
    Bench bench = new Bench(quick ? Pace.QUICK : Pace.FULL, this::tell);
    List<Row> rows = rows();
    requireDocs();
    requireFolderOfJson();
    List<Result> results = new ArrayList<>();
    for (Row row : rows) {
      err.printf("%d/%d %s%n", results.size() + 1, rows.size(), row.what());
      results.add(bench.run(row));
    }
    report(results);
    return 0;
  }

  private void tell(Measurement measured) {
    err.printf("    %s: %s%n", measured.name(), measured);
  }

  private void report(List<Result> results) throws IOException {
    Host host = Host.here();
    String measured = JsonReport.of(host, results);
    out.print(json.equals(jsonFile()) ? TextTable.of(results) : measured);
    if (jsonFile().isPresent()) {
      Files.writeString(jsonFile().get(), measured);
    }
    if (docs.isPresent()) {
      new Docs(docs.get()).write(host, results);
    }
  }

  /** Returns the file for the JSON, empty for the standard output or without {@code --json}. */
  private Optional<Path> jsonFile() {
    return json.filter(file -> !file.equals(STANDARD_OUTPUT));
  }

  private boolean wanted(Row row) {
    return only.map(pattern -> pattern.matcher(row.what()).find()).orElse(true);
  }
}
