package dev.nommu.cli.check;

import dev.nommu.api.Profile;
import dev.nommu.cli.check.Checked.Result;
import dev.nommu.cli.check.Wire.Message;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.session.Model;
import dev.nommu.tck.session.Session;
import dev.nommu.tck.session.Sessions;
import dev.nommu.tck.session.Targets;
import dev.nommu.tck.session.Tried;
import dev.nommu.tck.session.Wrong;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Runs sessions against a class without faults: generated ones, or the one in which it is used. A
 * failed session is shrunk and saved as a capsule, which {@code nommu run} replays.
 *
 * @param of the plugin on its board
 * @param capsules the place for capsules
 */
record PlainSessions(ContractsOfClass of, Capsules capsules) {
  private static final String RULE = "PLUGIN-01";
  private static final int LENGTH = 60;

  /**
   * A session and its names.
   *
   * @param about the kind of sessions and the profile
   * @param sentence the rule tested
   * @param file the name of its capsule
   */
  private record Named(String about, String sentence, String file, Session session) {
    String name() {
      return "%s %s".formatted(RULE, sentence);
    }
  }

  /**
   * Runs the session in which the class is used, or else the generated ones with seeds from 1, and
   * reports the outcome of each.
   */
  void run(int seeds, DataOutputStream out) throws BoardException, IOException {
    Targets targets = of.targets();
    for (Profile profile : Profile.values()) {
      Sessions sessions = new Sessions(of.subject(), profile, targets, Model.NONE, LENGTH);
      for (Named each : named(profile, targets, seeds).toList()) {
        Wire.write(out, new Message.Begin("%s, %s".formatted(each.about(), each.name())));
        Tried tried = sessions.run(each.session());
        Wire.write(out, new Message.Done(told(profile, each, tried)));
      }
    }
  }

  /** Windows alone have nothing to open. */
  private Stream<Named> named(Profile profile, Targets targets, int seeds) {
    if (of.session().isPresent()) {
      String about = "executing, " + profile.id();
      String sentence = "A file that two processes execute keeps the machine sound.";
      return Stream.of(new Named(about, sentence, "executing", of.session().get()));
    }
    return targets.opened().isEmpty()
        ? Stream.empty()
        : LongStream.rangeClosed(1, seeds).mapToObj(seed -> generated(profile, targets, seed));
  }

  private static Named generated(Profile profile, Targets targets, long seed) {
    return new Named(
        "generated sessions, " + profile.id(),
        "Session of seed %d keeps the machine sound.".formatted(seed),
        String.valueOf(seed),
        Session.generate(seed, targets, LENGTH));
  }

  private Result told(Profile profile, Named named, Tried tried) throws IOException {
    String name = named.name();
    List<Wrong> wrong = tried.replay().wrong();
    if (wrong.isEmpty()) {
      return new Result(named.about(), RULE, name, Verdict.HELD, name);
    }
    String found = wrong.stream().map(Wrong::toString).collect(Collectors.joining("; "));
    Verdict.Broken broken =
        new Verdict.Broken(
            found,
            "consistent accounting, no fault of the plugin, no finding of the sanitizer",
            "fix the cause; "
                + capsules.keep(named.file(), profile, tried.faults(), tried.session()));
    String text =
        "%s%n  found:    %s%n  expected: %s%n  change:   %s%n%s"
            .formatted(
                name,
                broken.found(),
                broken.expected(),
                broken.remedy(),
                tried.session().toString().indent(4));
    return new Result(named.about(), RULE, name, broken, text);
  }
}
