package dev.nommu.cli.vectors;

import dev.nommu.api.Profile;
import dev.nommu.cli.board.ProfileConverter;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes test vectors of the rules of mmap. */
@Command(
    name = "vectors",
    header = "Writes test vectors of mmap: the answers of the rules, as JSON.",
    description = {
      "Writes requests, the facts about the file and the answers of its driver, each with the"
          + " outcome and its rule, to compare another implementation with. Nothing else is mapped"
          + " at the time, and one block of 4 MiB is free.",
      "",
      "Without --reduced it writes every combination: hundreds of thousands for each profile."
          + " docs/vectors has the reduced ones, the schema, and the meaning of each field."
    },
    footer = {
      "  nommu vectors --reduced -o vectors.json",
      "  nommu vectors --reduced | jq -c '.vectors[] | select(.rule == \"DIR-04\")'",
      "  nommu vectors --profile linux-6.12 | gzip > all.json.gz"
    })
public final class VectorsCommand implements Callable<Integer> {
  @Option(
      names = "--reduced",
      description = "Only a few plain cases, and all that differ from one of them in one field.")
  private boolean reduced;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      converter = ProfileConverter.class,
      completionCandidates = ProfileConverter.class,
      description = "${COMPLETION-CANDIDATES}. Default: both in turn.")
  private Optional<Profile> profile = Optional.empty();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Write to FILE, replacing it when complete.")
  private Optional<Path> out = Optional.empty();

  private final Console console;

  /** Creates the command, which writes to a console. */
  public VectorsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandException {
    try {
      if (out.isPresent()) {
        writeFile(out.get());
      } else {
        write(console.writer());
      }
      return ExitCode.OK;
    } catch (IOException failure) {
      throw new CommandException(
          ExitCode.FAILED,
          "nommu vectors: cannot write %s: %s".formatted(target(), failure),
          failure);
    }
  }

  private String target() {
    return out.map(Path::toString).orElse("the result");
  }

  private void writeFile(Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (Writer writer = Files.newBufferedWriter(part)) {
        write(writer);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void write(Writer to) throws IOException {
    try (Trials trials = Trials.open()) {
      VectorJson.write(vectors(trials).iterator(), to);
    }
    to.flush();
  }

  private Stream<TestVector> vectors(Trials trials) {
    return profile.map(List::of).orElseGet(() -> List.of(Profile.values())).stream()
        .flatMap(each -> reduced ? Table.reduced(each, trials) : Table.whole(each, trials));
  }
}
