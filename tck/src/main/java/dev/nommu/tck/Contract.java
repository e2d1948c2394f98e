package dev.nommu.tck;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.BoardException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules that hold for a plugin, each with its test. Immutable; thread-safe.
 *
 * @param title what of the subject it is about, such as {@code "/dev/sensor"}
 * @param subject what is tested
 * @param clauses the rules
 */
public record Contract(String title, Subject subject, List<Clause> clauses) {
  /** Takes an immutable copy. */
  public Contract {
    clauses = List.copyOf(clauses);
  }

  /** Returns all settings under which the subject does not boot, with the reason of each. */
  public List<String> whatDoesNotBoot(Profile profile) {
    List<String> failures = new ArrayList<>();
    for (Setting setting : Setting.of(profile)) {
      try (Trial trial = subject.boot(setting)) {
        Fragments.makeIn(trial);
      } catch (BoardException | ErrnoException failure) {
        failures.add(setting + ": " + failure.getMessage());
      }
    }
    return failures;
  }

  /**
   * Tests one rule, under all settings of a profile, each on a machine of its own.
   *
   * @return that it is broken, if it is under one setting; that it does not apply, if it does under
   *     none
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
    try (Trial trial = subject.boot(setting)) {
      Fragments.makeIn(trial);
      return clause.check().of(trial);
    } catch (ErrnoException failure) {
      return failure.errno() == Errno.ENOMEM && setting.isShortOfMemory()
          ? Verdict.skipped("there is not enough memory: " + failure.getMessage())
          : unexpected(failure);
    } catch (Exception failure) {
      return unexpected(failure);
    }
  }

  private static Verdict unexpected(Exception failure) {
    return failure instanceof ErrnoException errno
        ? Verdict.broken(
            errno.describe(), "the call succeeds", "mend what the message says of the plugin")
        : Verdict.broken(
            "%s at %s".formatted(failure, failure.getStackTrace()[0]),
            "an answer, or an ErrnoException",
            "throw nothing but ErrnoException");
  }
}
