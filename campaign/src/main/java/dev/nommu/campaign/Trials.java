package dev.nommu.campaign;

import dev.nommu.campaign.Plan.Assignment;
import dev.nommu.campaign.Plan.Range;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.session.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/** All trials of a campaign. Thread-safe. */
final class Trials {
  private static final String INTERNAL = "INTERNAL";
  private static final String BOOT = "BOOT";

  private final Plan plan;
  private final Map<String, TestedPlugin> plugins = new HashMap<>();
  private final Map<Assignment, Trial> trials = new HashMap<>();

  /**
   * Creates the trials.
   *
   * @throws IllegalArgumentException if a plugin of the plan is missing
   */
  Trials(Plan plan, List<TestedPlugin> given) {
    this.plan = plan;
    given.forEach(plugin -> plugins.put(plugin.type(), plugin));
    if (!plugins.keySet().containsAll(plan.plugins())) {
      throw new IllegalArgumentException(
          "campaign: expected the plugins %s, found %s"
              .formatted(plan.plugins(), plugins.keySet()));
    }
    for (Assignment each : plan.assignments()) {
      trials.put(each, Trial.of(each, plugin(each), plan.steps()));
    }
  }

  private TestedPlugin plugin(Assignment assignment) {
    return Optional.ofNullable(plugins.get(assignment.plugin())).orElseThrow();
  }

  private Trial trial(Assignment assignment) {
    return Optional.ofNullable(trials.get(assignment)).orElseThrow();
  }

  /**
   * Runs the seeds of a range.
   *
   * @param goesOn receives each seed before it is run; returns false to stop
   * @return the results of all seeds, or empty if it was stopped
   */
  Optional<Harvest> run(Range range, LongPredicate goesOn) {
    Gathering gathering = new Gathering();
    Seeds seeds = range.seeds();
    for (long n = 0; n < seeds.count(); n++) {
      if (!goesOn.test(seeds.first() + n)) {
        return Optional.empty();
      }
      run(range.assignment(), seeds.first() + n, gathering);
    }
    return Optional.of(gathering.harvest());
  }

  private void run(Assignment assignment, long seed, Gathering into) {
    try {
      trial(assignment).run(seed, into);
    } catch (BoardException refused) {
      found(assignment, seed, BOOT, String.valueOf(refused.getMessage()), into);
    } catch (RuntimeException | AssertionError bug) {
      found(assignment, seed, INTERNAL, described(bug), into);
    }
    into.seedDone();
  }

  private void found(Assignment assignment, long seed, String rule, String what, Gathering into) {
    into.found(Cause.of(assignment, rule, what), Sighting.of(seed, plan.steps(), what));
  }

  private static String described(Throwable bug) {
    StackTraceElement[] calls = bug.getStackTrace();
    return calls.length == 0 ? bug.toString() : "%s at %s".formatted(bug, calls[0]);
  }

  /** Shrinks a finding as far as possible; an error in nommu itself is saved whole. */
  Trial.Kept keep(Cause cause, Sighting sighting) {
    Assignment assignment = assignment(cause);
    if (cause.rule().equals(INTERNAL) || cause.rule().equals(BOOT)) {
      return whole(assignment, sighting.seed(), List.of());
    }
    try {
      return trial(assignment).keep(cause, sighting);
    } catch (BoardException | RuntimeException | AssertionError failure) {
      return whole(
          assignment, sighting.seed(), List.of("could not be shrunk: " + described(failure)));
    }
  }

  private Assignment assignment(Cause cause) {
    return plan.assignments().stream().filter(cause::isOf).findFirst().orElseThrow();
  }

  private Trial.Kept whole(Assignment assignment, long seed, List<String> notes) {
    TestedPlugin plugin = plugin(assignment);
    Session session = Session.generate(seed, plugin.targets(), plan.steps());
    return new Trial.Kept(Trial.capsule(plugin, assignment, List.of(), session), notes);
  }
}
