package dev.nommu.tck.session;

import dev.nommu.api.Profile;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Subject;
import dev.nommu.tck.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Runs generated sessions against a plugin. Immutable; thread-safe.
 *
 * @param subject the plugin
 * @param profile the profile
 * @param targets the targets of sessions
 * @param model predicts answers
 * @param length steps of a session, 1 or more
 */
public record Sessions(Subject subject, Profile profile, Targets targets, Model model, int length) {
  private static final int LENGTH = 60;

  /**
   * The outcome of a seed.
   *
   * @param session the calls, shrunk if there is an error
   * @param replay their outcome
   */
  public record Result(long seed, Session session, Replay replay) {
    /** Returns whether there is an error. */
    public boolean isWrong() {
      return !replay.wrong().isEmpty();
    }
  }

  /**
   * Runs sessions of a subject without a model, with the devices that it registers and the mounts
   * of its board.
   *
   * @param progress receives each seed before it is run
   * @return the outcome of each seed, in order
   * @throws BoardException if the subject does not boot
   */
  public static List<Result> run(Subject subject, LongStream seeds, LongConsumer progress)
      throws BoardException {
    return new Sessions(subject, Profile.DOCUMENT, Targets.of(subject), Model.NONE, LENGTH)
        .run(seeds, progress);
  }

  /**
   * Runs the session of each seed, and shrinks those that fail.
   *
   * @param progress receives each seed before it is run
   * @throws BoardException if the subject does not boot
   */
  public List<Result> run(LongStream seeds, LongConsumer progress) throws BoardException {
    List<Result> results = new ArrayList<>();
    for (long seed : seeds.toArray()) {
      progress.accept(seed);
      results.add(run(seed));
    }
    return List.copyOf(results);
  }

  /**
   * Runs the session of a seed as generated.
   *
   * @param coverage counts what it reaches
   * @throws BoardException if the subject does not boot
   */
  public Result once(long seed, Coverage coverage) throws BoardException {
    Session session = model.stated(Session.generate(seed, targets, length));
    return new Result(seed, session, Replay.of(subject, profile, session, coverage));
  }

  /**
   * Runs the session of a seed, and shrinks it as long as the same error remains.
   *
   * @param meant the error to keep
   * @throws BoardException if the subject does not boot
   */
  public Result shrunk(long seed, Predicate<Wrong> meant) throws BoardException {
    Shrinker shrinker =
        (current, smaller) ->
            Optional.of(tried(smaller))
                .filter(each -> each.replay().wrong().stream().anyMatch(meant));
    Tried least = shrinker.shrink(tried(Session.generate(seed, targets, length)));
    return new Result(seed, model.stated(least.session()), least.replay());
  }

  private Result run(long seed) throws BoardException {
    Tried tried = run(Session.generate(seed, targets, length));
    return new Result(seed, tried.session(), tried.replay());
  }

  /**
   * Runs a session.
   *
   * @return the outcome; if there is an error, that of the shrunk session
   * @throws BoardException if the subject does not boot
   */
  public Tried run(Session session) throws BoardException {
    Tried tried = tried(session);
    Shrinker shrinker =
        (current, smaller) -> Optional.of(tried(smaller)).filter(each -> each.failsLike(current));
    Tried least = tried.replay().wrong().isEmpty() ? tried : shrinker.shrink(tried);
    return new Tried(model.stated(least.session()), least.faults(), least.replay());
  }

  private Tried tried(Session session) throws BoardException {
    List<Fault> none = List.of();
    return new Tried(session, none, Replay.of(subject, profile, none, model.stated(session)));
  }
}
