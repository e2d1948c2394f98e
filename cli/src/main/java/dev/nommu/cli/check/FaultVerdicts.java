package dev.nommu.cli.check;

import dev.nommu.api.Profile;
import dev.nommu.cli.check.Checked.Result;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.FaultMenu.Dish;
import dev.nommu.tck.fault.SweepReport;
import dev.nommu.tck.fault.Swept;
import dev.nommu.tck.session.Tried;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The verdicts of fault sweeps under a profile, by kind of fault.
 *
 * @param works the work swept
 * @param capsules the place for failed sessions
 */
record FaultVerdicts(Profile profile, List<SweptWork> works, Capsules capsules) {
  private static final String RULE = "PLUGIN-01";
  private static final String REMEDY = "expect each call that is declared to fail to do so";
  private static final String EXPECTED =
      "consistent accounting and no fault of the plugin, whatever fails";

  /** Takes an immutable copy. */
  FaultVerdicts {
    works = List.copyOf(works);
  }

  static String about(Profile profile) {
    return "faults, " + profile.id();
  }

  /**
   * Returns the outcome of a kind of fault; the first failure is shrunk and saved.
   *
   * @throws BoardException if the subject no longer boots without a fault
   * @throws IOException if a capsule cannot be written
   */
  Result of(Dish dish) throws BoardException, IOException {
    String name = "%s The machine stays sound with any %s.".formatted(RULE, dish);
    for (SweptWork work : works) {
      SweptWork part = work.of(dish);
      if (!part.report().wrong().isEmpty()) {
        return broken(name, part);
      }
    }
    return new Result(about(profile), RULE, name, verdict(dish), name);
  }

  private Verdict verdict(Dish dish) {
    SweepReport report = all().of(dish);
    if (report.swept().isEmpty()) {
      return Verdict.skipped("none of its sessions leads to a call that this can happen to");
    }
    List<String> unproven = report.unproven();
    return unproven.isEmpty()
        ? Verdict.HELD
        : Verdict.skipped("this is not proved: " + String.join("; ", unproven));
  }

  private SweepReport all() {
    return works.stream().map(SweptWork::report).reduce(SweepReport.NONE, SweepReport::plus);
  }

  private Result broken(String name, SweptWork work) throws BoardException, IOException {
    List<Swept> wrong = work.report().wrong();
    Swept first = wrong.getFirst();
    String found =
        "%s, %s: %s%s"
            .formatted(work.name(), first.fault(), String.join("; ", first.wrong()), more(wrong));
    Optional<Tried> least = least(work, first.fault());
    String remedy = REMEDY + kept(work, least);
    String text =
        "%s%n  found:    %s%n  expected: %s%n  change:   %s%n%s"
            .formatted(name, found, EXPECTED, remedy, least.map(FaultVerdicts::calls).orElse(""));
    Verdict broken = Verdict.broken(found, EXPECTED, remedy);
    return new Result(about(profile), RULE, name, broken, text);
  }

  private static Optional<Tried> least(SweptWork work, Fault fault) throws BoardException {
    return work.session().isPresent()
        ? Optional.of(work.session().get().shrunk(fault))
        : Optional.empty();
  }

  private String kept(SweptWork work, Optional<Tried> least) throws IOException {
    if (least.isEmpty()) {
      return "";
    }
    Tried tried = least.get();
    return "; " + capsules.keep(name(work, tried), profile, tried.faults(), tried.session());
  }

  private static String more(List<Swept> wrong) {
    int others = wrong.size() - 1;
    return switch (others) {
      case 0 -> "";
      case 1 -> " (and with 1 other fault)";
      default -> " (and with %d other faults)".formatted(others);
    };
  }

  private static String calls(Tried least) {
    return "# %s%n%s".formatted(least.faults().getFirst(), least.session()).indent(4);
  }

  private static String name(SweptWork work, Tried least) {
    String fault = least.faults().getFirst().toString();
    return (work.name() + "-" + fault).replace(' ', '-');
  }

  /** Returns the number of faults, and the outcome of the calls of each kind. */
  String counts() {
    SweepReport all = all();
    String names = works.stream().map(SweptWork::name).collect(Collectors.joining(", "));
    String outcomes =
        all.outcomes().entrySet().stream()
            .map(each ->
                "%s: %d succeeded, %d failed"
                    .formatted(
                        each.getKey(), each.getValue().succeeded(), each.getValue().failed()))
            .collect(Collectors.joining("; "));
    return "%s (%s): %d of %d reached; of the calls: %s"
        .formatted(
            about(profile),
            names,
            all.reached(),
            all.swept().size(),
            outcomes.isEmpty() ? "none" : outcomes);
  }
}
