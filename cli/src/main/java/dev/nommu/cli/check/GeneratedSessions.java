package dev.nommu.cli.check;

import dev.nommu.api.Profile;
import dev.nommu.cli.check.Checked.Result;
import dev.nommu.cli.check.Wire.Message;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.session.Model;
import dev.nommu.tck.session.Sessions;
import dev.nommu.tck.session.Targets;
import dev.nommu.tck.session.Wrong;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Runs generated sessions against a class. One that fails is shrunk and kept as a capsule, which
 * {@code nommu run} replays.
 *
 * @param of the plugin on its board
 * @param capsules where they are kept
 */
record GeneratedSessions(ContractsOfClass of, Capsules capsules) {
  private static final String RULE = "PLUGIN-01";
  private static final int LENGTH = 60;

  /** Runs the sessions of the seeds from 1 on, and tells what came of each. */
  void run(int seeds, DataOutputStream out) throws BoardException, IOException {
    Targets targets = of.targets();
    if (targets.opened().isEmpty()) {
      return; // windows alone have nothing to open
    }
    for (Profile profile : Profile.values()) {
      Sessions sessions = new Sessions(of.subject(), profile, targets, Model.NONE, LENGTH);
      for (long seed = 1; seed <= seeds; seed++) {
        Wire.write(out, new Message.Begin("%s, %s".formatted(about(profile), name(seed))));
        Sessions.Result result = sessions.run(LongStream.of(seed), each -> {}).getFirst();
        Wire.write(out, new Message.Done(told(profile, result)));
      }
    }
  }

  private static String about(Profile profile) {
    return "generated sessions, " + profile.id();
  }

  private static String name(long seed) {
    return "%s Session of seed %d keeps the machine sound.".formatted(RULE, seed);
  }

  private Result told(Profile profile, Sessions.Result result) throws IOException {
    String name = name(result.seed());
    if (!result.isWrong()) {
      return new Result(about(profile), RULE, name, Verdict.HELD, name);
    }
    List<Wrong> wrong = result.replay().wrong();
    String found = wrong.stream().map(Wrong::toString).collect(Collectors.joining("; "));
    Verdict.Broken broken =
        new Verdict.Broken(
            found,
            "sound books, no fault of the plugin, no finding of the sanitizer",
            "mend what it found; "
                + capsules.keep(
                    String.valueOf(result.seed()), profile, List.of(), result.session()));
    String text =
        "%s%n  found:    %s%n  expected: %s%n  change:   %s%n%s"
            .formatted(
                name,
                broken.found(),
                broken.expected(),
                broken.remedy(),
                result.session().toString().indent(4));
    return new Result(about(profile), RULE, name, broken, text);
  }
}
