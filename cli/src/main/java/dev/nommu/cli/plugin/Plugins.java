package dev.nommu.cli.plugin;

import dev.nommu.api.UapiHeader;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.text.Printable;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.scenario.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The plugins of a command, with the kernel and vocabulary built from them.
 *
 * @param path where they are found
 * @param kernel boots machines with them
 * @param vocabulary the names that they define
 */
public record Plugins(PluginPath path, Kernel kernel, Vocabulary vocabulary) {
  /** Returns nommu's own. */
  public static Plugins standard() {
    return new Plugins(PluginPath.standard(), Kernel.standard(), Vocabulary.onPath());
  }

  /**
   * Returns these and those in some places.
   *
   * @param console receives a line for each unusable added one
   * @throws CommandException if a place does not exist, cannot be read or has no plugin
   */
  static Plugins with(List<Path> places, Console console) throws CommandException {
    PluginPath path = PluginPath.standard();
    for (Path place : places) {
      path = with(path, place);
    }
    List<PluginEntry> entries = PluginKind.entries(path);
    for (Path place : places) {
      requirePlugin(place, entries);
    }
    entries.stream()
        .filter(entry -> !entry.plugin().from().isEmpty())
        .flatMap(entry -> entry.failure().stream())
        .forEach(failure -> console.note("nommu: " + failure + "; the machine starts without it"));
    Vocabulary vocabulary = Vocabulary.of(soundHeaders(path, entries));
    vocabulary.faults().forEach(fault -> console.note("nommu: " + Printable.of(fault)));
    return new Plugins(path, Kernel.of(path), vocabulary);
  }

  /** Unusable ones have been reported. */
  private static List<FoundPlugin<UapiHeader>> soundHeaders(
      PluginPath path, List<PluginEntry> entries) {
    Set<FoundPlugin<?>> unusable =
        entries.stream()
            .filter(entry -> entry.failure().isPresent())
            .map(PluginEntry::plugin)
            .collect(Collectors.toSet());
    return path.find(UapiHeader.class).stream()
        .filter(header -> !unusable.contains(header))
        .toList();
  }

  private static PluginPath with(PluginPath path, Path place) throws CommandException {
    try {
      return path.with(place);
    } catch (IOException unusable) {
      throw new CommandException(
          ExitCode.USAGE, "nommu: --plugin " + unusable.getMessage(), unusable);
    }
  }

  private static void requirePlugin(Path place, List<PluginEntry> entries) throws CommandException {
    if (entries.stream().noneMatch(entry -> entry.plugin().from().equals(place.toString()))) {
      String services =
          PluginKind.services().stream()
              .map("\n  META-INF/services/"::concat)
              .collect(Collectors.joining());
      throw new CommandException(
          ExitCode.USAGE,
          "nommu: --plugin %s: no plugin found%s: expected a module-info with 'provides', or one of%s"
              .formatted(place, advice(place), services));
    }
  }

  /** A project stands for its classes. */
  private static String advice(Path place) {
    Path classes = place.resolve("target/classes");
    return Files.isDirectory(classes) ? " (did you mean " + classes + "?)" : "";
  }
}
