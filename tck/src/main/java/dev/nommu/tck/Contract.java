package dev.nommu.tck;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.interpose.Recorder.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rules that hold for a plugin, each with its test. Immutable; thread-safe.
 *
 * @param title the part of the subject concerned, such as {@code "/dev/sensor"}
 * @param subject the subject under test
 * @param clauses the rules
 */
public record Contract(String title, Subject subject, List<Clause> clauses) {
  /** Takes an immutable copy. */
  public Contract {
    clauses = List.copyOf(clauses);
  }

  /** Returns the settings under which the subject does not boot, each with the reason. */
  public List<String> whatDoesNotBoot(Profile profile) {
    List<String> failures = new ArrayList<>();
    for (Setting setting : Setting.of(profile)) {
      if (under(setting, trial -> Verdict.HELD) instanceof Verdict.Broken broken) {
        failures.add(setting + ": " + broken.found());
      }
    }
    return failures;
  }

  /**
   * Tests one rule under all settings of a profile, each on a new machine.
   *
   * @return broken, if it is under any setting; not applicable, if it applies under none
   */
  public Verdict judge(Clause clause, Profile profile) {
    Optional<Verdict> best = Optional.empty();
    for (Setting setting : Setting.of(profile)) {
      Verdict verdict = judge(clause, setting);
      if (verdict instanceof Verdict.Broken(String found, String expected, String remedy)) {
        return Verdict.broken("%s%n    (%s)".formatted(found, setting), expected, remedy);
      }
      if (best.isEmpty() || verdict instanceof Verdict.Held) {
        best = Optional.of(verdict);
      }
    }
    return best.orElseThrow();
  }

  private Verdict judge(Clause clause, Setting setting) {
    return under(setting, trial -> judge(clause, trial));
  }

  private Verdict under(Setting setting, Subject.Use<Verdict> test) {
    try {
      return subject.use(
          setting,
          trial -> {
            Fragments.makeIn(trial);
            return test.of(trial);
          });
    } catch (Exception | Error failure) {
      return ended(failure, setting);
    }
  }

  private static Verdict judge(Clause clause, Trial trial) {
    Verdict verdict;
    try {
      verdict = clause.check().of(trial);
    } catch (Exception | Error failure) {
      verdict = ended(failure, trial.setting());
    }
    return verdict instanceof Verdict.Broken broken
        ? nullAnswer(trial).map(method -> broken.becauseOfNull(method)).orElse(broken)
        : verdict;
  }

  /** Returns the plugin's first method that returned null, which is not allowed. */
  private static Optional<String> nullAnswer(Trial trial) {
    return trial.recorder().calls().stream()
        .filter(Call::isNull)
        .map(call -> call.asked().author().getName() + "." + call.asked().method().getName())
        .findFirst();
  }

  private static Verdict ended(Throwable failure, Setting setting) {
    return isShortage(failure, setting)
        ? Verdict.skipped("there is not enough memory: " + failure.getMessage())
        : unexpected(failure);
  }

  /** A board's requests may need more memory than the setting leaves. */
  private static boolean isShortage(Throwable failure, Setting setting) {
    return setting.isShortOfMemory() && isShortage(failure);
  }

  private static boolean isShortage(Throwable failure) {
    return switch (failure) {
      case ErrnoException refused -> refused.errno() == Errno.ENOMEM;
      case BoardException missing ->
          missing.reasons().size() > 0 && missing.reasons().stream().allMatch(Contract::isShortage);
      default -> false;
    };
  }

  private static Verdict unexpected(Throwable failure) {
    return switch (failure) {
      case ErrnoException errno ->
          Verdict.broken(
              errno.describe(), "the call succeeds", "fix what the message reports of the plugin");
      case BoardException missing ->
          Verdict.broken(
              String.valueOf(missing.getMessage()),
              "the machine boots with everything its board asks for",
              "fix what the message reports of the plugin or its board");
      case LateException late ->
          Verdict.broken(
              String.valueOf(late.getMessage()),
              "it returns; a file that waits for data is a PollableFile, which is polled before it"
                  + " is read",
              "make it return, or implement PollableFile");
      default ->
          Verdict.broken(
              Arrays.stream(failure.getStackTrace())
                  .findFirst()
                  .map(frame -> failure + " at " + frame)
                  .orElseGet(failure::toString),
              "an answer, or an ErrnoException",
              "throw nothing but ErrnoException");
    };
  }
}
