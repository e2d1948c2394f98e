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

/**
 * Something that a board asks for and its machine lacks.
 *
 * @param lines why, one thing a line
 * @param failures what drivers threw
 */
record Missing(List<String> lines, List<ErrnoException> failures) {
  /** Returns what is missing after all devices were probed. */
  static Missing after(List<Probed> probed, MachinePlugins plugins) {
    Set<String> known = new TreeSet<>(plugins.compatible());
    known.addAll(Artifacts.compatible());
    List<String> lines = new ArrayList<>(plugins.leftOut());
    List<ErrnoException> failures = new ArrayList<>();
    for (Probed each : probed) {
      line(each, known).ifPresent(lines::add);
      if (each.outcome() instanceof Outcome.Failed(String driver, ErrnoException reason)) {
        failures.add(reason);
      }
    }
    return new Missing(List.copyOf(lines), List.copyOf(failures));
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

  /** Returns the lines for the end of a message: each on a line of its own. */
  String asDetails() {
    return details(lines);
  }

  /** Returns lines for the end of a message: each on a line of its own. */
  static String details(List<String> lines) {
    return lines.stream().map(line -> "\n  " + line).reduce("", String::concat);
  }
}
