package dev.nommu.cli.check;

import dev.nommu.api.Profile;
import dev.nommu.cli.check.Checked.Result;
import dev.nommu.cli.check.Wire.Message;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.session.Capsule;
import dev.nommu.tck.session.Model;
import dev.nommu.tck.session.Sessions;
import dev.nommu.tck.session.Wrong;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Runs generated sessions against a class. One that fails is shrunk and kept as a capsule, which
 * {@code nommu run} replays.
 *
 * @param type the class
 * @param of the plugin on its board
 * @param capsules where capsules are kept
 */
record GeneratedSessions(String type, ContractsOfClass of, Path capsules) {
  private static final String RULE = "PLUGIN-01";
  private static final int LENGTH = 60;

  /** Runs the sessions of the seeds from 1 on, and tells what came of each. */
  void run(int seeds, DataOutputStream out) throws BoardException, IOException {
    if (of.paths().isEmpty() && of.subject().board().simulation().mounts().isEmpty()) {
      return; // windows alone have nothing to open
    }
    for (long seed = 1; seed <= seeds; seed++) {
      String name = "%s Session of seed %d keeps the machine sound.".formatted(RULE, seed);
      Wire.write(out, new Message.Begin("generated sessions: " + name));
      Sessions.Result result = run(LongStream.of(seed)).getFirst();
      Wire.write(out, new Message.Done(told(name, result)));
    }
  }

  /** Devices of a core are known by what they are called alone. */
  private List<Sessions.Result> run(LongStream seeds) throws BoardException {
    List<String> paths = of.paths();
    return paths.isEmpty()
        ? Sessions.run(of.subject(), seeds, seed -> {})
        : new Sessions(of.subject(), Profile.DOCUMENT, paths, Model.NONE, LENGTH)
            .run(seeds, seed -> {});
  }

  private Result told(String name, Sessions.Result result) throws IOException {
    if (!result.isWrong()) {
      return new Result("generated sessions", RULE, name, Verdict.HELD, name);
    }
    List<Wrong> wrong = result.replay().wrong();
    String found = wrong.stream().map(Wrong::toString).collect(Collectors.joining("; "));
    Verdict.Broken broken =
        new Verdict.Broken(
            found,
            "sound books, no fault of the plugin, no finding of the sanitizer",
            keep(result).map("replay it with nommu run --plugin JAR "::concat).orElse("mend it"));
    String text =
        "%s%n  found:    %s%n  expected: %s%n  change:   %s%n%s"
            .formatted(
                name,
                broken.found(),
                broken.expected(),
                broken.remedy(),
                result.session().toString().indent(4));
    return new Result("generated sessions", RULE, name, broken, text);
  }

  /** Returns where the session is kept, or empty if its board is no text. */
  private Optional<String> keep(Sessions.Result result) throws IOException {
    if (of.source().isEmpty()) {
      return Optional.empty();
    }
    Path folder = capsules.resolve("%s-%d".formatted(type, result.seed()));
    new Capsule(type, Profile.DOCUMENT, List.of(), of.source().get(), result.session())
        .write(folder);
    return Optional.of(folder.toString());
  }
}
