package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.board.Probed;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.parts.MachinePlugins;
import dev.nommu.kernel.plugin.Artifacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that a board asks for and its machine lacks.
 *
 * @param lines the reasons, one a line
 * @param suspects the likely reasons for a missing device, likeliest first: failures, near
 *     misspellings, devices that a known artifact would drive
 * @param failures the exceptions that drivers threw
 */
record Missing(List<String> lines, List<String> suspects, List<ErrnoException> failures) {
  private static final int MOST_IN_A_LINE = 4;

  /** Returns what is missing after all devices have been probed. */
  static Missing after(List<Probed> probed, MachinePlugins plugins) {
    Set<String> known = new TreeSet<>(plugins.compatible());
    known.addAll(Artifacts.compatible());
    List<String> lines = new ArrayList<>(plugins.leftOut());
    List<String> likely = new ArrayList<>(plugins.leftOut());
    List<String> undriven = new ArrayList<>();
    List<ErrnoException> failures = new ArrayList<>();
    for (Probed each : probed) {
      Optional<String> line = line(each, known);
      line.ifPresent(lines::add);
      line.filter(any -> isLikely(each, known)).ifPresent(likely::add);
      line.filter(any -> each.outcome() instanceof Outcome.NoDriver).ifPresent(undriven::add);
      if (each.outcome() instanceof Outcome.Failed(String driver, ErrnoException reason)) {
        failures.add(reason);
      }
    }
    List<String> suspects = Stream.concat(likely.stream(), undriven.stream()).distinct().toList();
    return new Missing(List.copyOf(lines), suspects, List.copyOf(failures));
  }

  private static boolean isLikely(Probed probed, Set<String> known) {
    return switch (probed.outcome()) {
      case Outcome.Failed failed -> true;
      case Outcome.NoDriver none -> !advice(probed.compatible(), known).isEmpty();
      default -> false;
    };
  }

  private static Optional<String> line(Probed probed, Set<String> known) {
    String place = probed.place();
    return switch (probed.outcome()) {
      case Outcome.Bound bound -> Optional.empty();
      case Outcome.Disabled disabled -> Optional.empty();
      case Outcome.NoDriver none ->
          Optional.of(
              "%s: no driver for %s%s"
                  .formatted(
                      place, quoted(probed.compatible()), advice(probed.compatible(), known)));
      case Outcome.NotUsed(String reason) -> Optional.of(place + ": not used: " + reason);
      case Outcome.Failed failed -> Optional.of(failed.at(place));
    };
  }

  private static String quoted(List<String> names) {
    return "\"" + String.join("\", \"", names) + "\"";
  }

  private static String advice(List<String> compatible, Set<String> known) {
    return compatible.stream()
        .flatMap(name -> Artifacts.ofCompatible(name).stream())
        .findFirst()
        .map(artifact -> " (add " + artifact + ")")
        .or(() -> Spelling.nearest(compatible, known).map(" (did you mean \"%s\"?)"::formatted))
        .orElse("");
  }

  /** Returns the lines for the end of a message, one a line. */
  String asDetails() {
    return details(lines);
  }

  /** Returns the first suspects for the end of a message, on the same line. */
  String inShort() {
    String shown =
        suspects.stream().limit(MOST_IN_A_LINE).map("; "::concat).collect(Collectors.joining());
    int more = suspects.size() - MOST_IN_A_LINE;
    return more > 0 ? "%s; and %d more".formatted(shown, more) : shown;
  }

  /** Returns lines for the end of a message, one a line. */
  static String details(List<String> lines) {
    return lines.stream().map(line -> "\n  " + line).reduce("", String::concat);
  }
}
