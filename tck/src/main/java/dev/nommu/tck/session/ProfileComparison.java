package dev.nommu.tck.session;

import dev.nommu.api.Profile;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Subject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A session under one profile and then under the other. Immutable; thread-safe.
 *
 * @param subject the plugin
 * @param session the calls
 */
public record ProfileComparison(Subject subject, Session session) {
  /**
   * The first call with a different result under the other profile.
   *
   * @param step its index in the session, counted from 0
   * @param call its name
   * @param document its outcome under the document's profile: {@code success} or an error
   * @param linux its outcome under that of Linux 6.12
   * @param lines the call with its results, in the same order
   */
  public record Difference(
      int step, String call, String document, String linux, List<String> lines) {
    /** Takes an immutable copy. */
    public Difference {
      lines = List.copyOf(lines);
    }

    private boolean isLike(Difference other) {
      return call.equals(other.call)
          && document.equals(other.document)
          && linux.equals(other.linux);
    }
  }

  /**
   * Runs the session under both.
   *
   * @param coverage counts what it reaches
   * @return the first difference; later ones may only be its consequences
   * @throws BoardException if the subject does not boot
   */
  public Optional<Difference> first(Coverage coverage) throws BoardException {
    return first(session, coverage);
  }

  private Optional<Difference> first(Session calls, Coverage coverage) throws BoardException {
    List<String> document = Replay.of(subject, Profile.DOCUMENT, calls, coverage).trace();
    List<String> linux = Replay.of(subject, Profile.LINUX_6_12, calls, coverage).trace();
    return IntStream.range(0, Math.min(document.size(), linux.size()))
        .filter(line -> !document.get(line).equals(linux.get(line)))
        .mapToObj(line -> difference(document, linux, line))
        .findFirst();
  }

  private static Difference difference(List<String> document, List<String> linux, int line) {
    Answered one = Answered.of(document, line);
    Answered other = Answered.of(linux, line);
    List<String> lines = List.of(document.get(line), linux.get(line));
    boolean isSameSort = one.outcome().equals(other.outcome());
    return new Difference(
        one.step(),
        one.call(),
        one.outcome(),
        isSameSort ? other.outcome() + ", another result" : other.outcome(),
        lines);
  }

  /**
   * Returns a minimal list of calls with the same first difference.
   *
   * @throws BoardException if the subject does not boot
   */
  public Session shrunk(Difference difference) throws BoardException {
    Shrinker shrinker =
        (current, smaller) ->
            first(smaller, new Coverage())
                .filter(difference::isLike)
                .map(same -> new Tried(smaller, List.of(), current.replay()));
    Replay none = new Replay(List.of(), List.of());
    return shrinker.shrink(new Tried(session, List.of(), none)).session();
  }
}
