package dev.nommu.tck.session;

import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.tck.Setting;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Trial;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.interpose.Recorder.Call;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Runs generated sessions against a plugin. Immutable; thread-safe.
 *
 * @param subject what is tested
 * @param profile under which rules
 * @param paths the files that sessions open
 * @param model what is known of the answers
 * @param length steps of a session, 1 or more
 */
public record Sessions(
    Subject subject, Profile profile, List<String> paths, Model model, int length) {
  private static final int LENGTH = 60;
  private static final int MOST_DIRECTORIES = 100;
  private static final List<String> REGISTERING =
      List.of("registerCharacterDevice", "registerBlockDevice");

  /** Takes an immutable copy. */
  public Sessions {
    paths = List.copyOf(paths);
  }

  /**
   * What came of a seed.
   *
   * @param session the calls; if something is wrong, as few of them as it takes
   * @param replay what they led to
   */
  public record Result(long seed, Session session, Replay replay) {
    /** Returns whether something is wrong. */
    public boolean isWrong() {
      return !replay.wrong().isEmpty();
    }
  }

  /**
   * Runs sessions of a subject of which nothing is known, with the devices that it registers and a
   * file in whatever its board mounts.
   *
   * @param progress is told each seed before it is run
   * @return what came of each seed, in order
   * @throws BoardException if the subject does not boot
   */
  public static List<Result> run(Subject subject, LongStream seeds, LongConsumer progress)
      throws BoardException {
    return new Sessions(subject, Profile.DOCUMENT, paths(subject), Model.NONE, LENGTH)
        .run(seeds, progress);
  }

  /**
   * Runs the session of each seed, and shrinks those that fail.
   *
   * @param progress is told each seed before it is run
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

  private Result run(long seed) throws BoardException {
    Tried tried = tried(Session.generate(seed, paths, length));
    if (!tried.replay().wrong().isEmpty()) {
      Shrinker shrinker =
          (current, smaller) -> Optional.of(tried(smaller)).filter(each -> each.failsLike(current));
      tried = shrinker.shrink(tried);
    }
    return new Result(seed, model.stated(tried.session()), tried.replay());
  }

  private Tried tried(Session session) throws BoardException {
    List<Fault> none = List.of();
    return new Tried(session, none, Replay.of(subject, profile, none, model.stated(session)));
  }

  /**
   * Returns the files that sessions of a subject open: the devices that it registers, and a file in
   * whatever its board mounts, which is made where that can be done.
   *
   * @throws BoardException if the subject does not boot
   */
  public static List<String> paths(Subject subject) throws BoardException {
    Setting setting = new Setting(Profile.DOCUMENT, Reach.FORWARDED, Memory.AS_GIVEN);
    try (Trial trial = subject.boot(setting)) {
      Stream<String> devices =
          trial.recorder().calls().stream()
              .filter(call -> REGISTERING.stream().anyMatch(call::is))
              .filter(call -> call.thrown().isEmpty())
              .map(Sessions::device);
      Stream<String> mounted =
          subject.board().simulation().mounts().stream()
              .flatMap(mount -> file(trial, mount.target()).stream());
      return Stream.concat(devices, mounted).toList();
    }
  }

  private static Optional<String> file(Trial trial, String target) {
    boolean isReadOnly =
        trial.machine().mounts().stream()
            .filter(mount -> mount.path().equals(target))
            .anyMatch(mount -> mount.has(MountFlag.READ_ONLY));
    return isReadOnly ? firstFile(trial, target) : Optional.of(target + "/session");
  }

  /** Returns a regular file of a tree. */
  private static Optional<String> firstFile(Trial trial, String root) {
    Deque<String> directories = new ArrayDeque<>(List.of(root));
    for (int looked = 0; looked < MOST_DIRECTORIES && !directories.isEmpty(); looked++) {
      String directory = directories.remove();
      for (DirectoryEntry entry : entries(trial, directory)) {
        String path = directory + "/" + entry.name();
        if (entry.kind() == FileKind.REGULAR) {
          return Optional.of(path);
        }
        if (entry.kind() == FileKind.DIRECTORY) {
          directories.add(path);
        }
      }
    }
    return Optional.empty();
  }

  private static List<DirectoryEntry> entries(Trial trial, String directory) {
    try {
      return trial.task().tree().list(directory);
    } catch (ErrnoException unlisted) {
      return List.of();
    }
  }

  private static String device(Call call) {
    Object name = call.answer() == null ? call.asked().arguments().getFirst() : call.answer();
    return "/dev/" + Objects.requireNonNull(name);
  }
}
