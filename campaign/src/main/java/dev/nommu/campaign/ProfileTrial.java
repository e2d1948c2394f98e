package dev.nommu.campaign;

import dev.nommu.api.Profile;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.session.Coverage;
import dev.nommu.tck.session.Coverage.Kind;
import dev.nommu.tck.session.Coverage.Point;
import dev.nommu.tck.session.ProfileComparison;
import dev.nommu.tck.session.ProfileComparison.Difference;
import dev.nommu.tck.session.Replay;
import dev.nommu.tck.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Runs the session of each seed under both profiles. */
record ProfileTrial(Plan.Assignment assignment, TestedPlugin plugin, int steps) implements Trial {
  private ProfileComparison comparison(long seed) {
    return new ProfileComparison(plugin.subject(), Session.generate(seed, plugin.targets(), steps));
  }

  @Override
  public void run(long seed, Gathering into) throws BoardException {
    Optional<Difference> found = comparison(seed).first(into.coverage());
    into.ran(Profile.values().length);
    found.ifPresent(difference ->
        into.found(
            Cause.of(assignment, difference),
            Sighting.of(seed, difference.step() + 1, String.join("; ", difference.lines()))));
  }

  @Override
  public Kept keep(Cause cause, Sighting sighting) throws BoardException {
    ProfileComparison whole = comparison(sighting.seed());
    Optional<Difference> found = whole.first(new Coverage());
    Session least = found.isPresent() ? whole.shrunk(found.get()) : whole.session();
    List<String> notes = new ArrayList<>();
    Optional<Difference> again =
        new ProfileComparison(plugin.subject(), least).first(new Coverage());
    again.ifPresent(difference -> {
      notes.add("document:   " + difference.lines().getFirst());
      notes.add("linux-6.12: " + difference.lines().getLast());
    });
    for (Profile profile : Profile.values()) {
      notes.add("rules under %s: %s".formatted(profile.id(), rules(profile, least)));
    }
    return new Kept(Trial.capsule(plugin, assignment, List.of(), least), notes);
  }

  private String rules(Profile profile, Session session) throws BoardException {
    Coverage coverage = new Coverage();
    Replay.of(plugin.subject(), profile, session, coverage);
    Set<String> rules =
        coverage.counts().keySet().stream()
            .filter(point -> point.kind() == Kind.RULE)
            .map(Point::name)
            .collect(Collectors.toCollection(TreeSet::new));
    return String.join(", ", rules);
  }
}
