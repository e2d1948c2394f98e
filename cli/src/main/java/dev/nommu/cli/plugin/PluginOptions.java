package dev.nommu.cli.plugin;

import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.kernel.path.PluginPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The plugins besides nommu's own. */
public final class PluginOptions {
  @Option(
      names = "--plugin",
      paramLabel = "JAR|DIR",
      split = ":",
      defaultValue = "${env:NOMMU_PLUGINS}",
      description = {
        "Add the plugins in a jar, a folder of classes, or a folder of jars: a plugin and its"
            + " libraries. Can be given several times. Plugins are code and are trusted.",
        "Default: those in NOMMU_PLUGINS, separated by colons."
      })
  private List<Path> places = List.of();

  /** Creates the options with their defaults. */
  public PluginOptions() {}

  /**
   * Finds the plugins.
   *
   * @param console receives a line for each unusable added one
   * @throws CommandException if a place does not exist, cannot be read or has no plugin
   */
  public Plugins open(Console console) throws CommandException {
    return places.isEmpty() ? Plugins.standard() : Plugins.with(places, console);
  }

  /**
   * Finds the plugins and those in one more place.
   *
   * @param console receives a line for each unusable added one
   * @throws CommandException as {@link #open}
   */
  public Plugins with(Path place, Console console) throws CommandException {
    return Plugins.with(Stream.concat(Stream.of(place), places.stream()).toList(), console);
  }

  /** Returns the places that were given. */
  public List<Path> places() {
    return List.copyOf(places);
  }

  /** Returns the path of the plugins, without reporting unusable ones. */
  public PluginPath path() throws IOException {
    PluginPath path = PluginPath.standard();
    for (Path place : places) {
      path = path.with(place);
    }
    return path;
  }
}
