package dev.nommu.cli.plugin;

import dev.nommu.api.HostFailure;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.option.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates the project of a plugin. */
@Command(
    name = "new",
    header = "Creates a Maven project of a plugin.",
    description = {
      "Creates a project in DIR that builds with 'mvn verify': a plugin of a few lines, a test of"
          + " its contract under both profiles, and a board with it. The last part of DIR is its"
          + " name: a lower-case letter, then lower-case letters, digits and hyphens.",
      "",
      "Installs nommu's own artifacts in the local Maven repository that projects there use, if"
          + " they are missing or older than this program. A failure leaves no project."
    },
    footer = {
      "  nommu plugin new sensor && (cd sensor && mvn verify)",
      "  nommu plugin new --kind registers ~/src/gpio"
    })
final class PluginNewCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder; created, or existing and empty.")
  private Path folder = Path.of("");

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      converter = KindConverter.class,
      completionCandidates = KindConverter.class,
      defaultValue = "device",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private NewPlugin.Kind kind = NewPlugin.Kind.DEVICE;

  private final Console console;
  private final String version;
  private final Optional<Installation> installation;

  /**
   * Creates the command.
   *
   * @param version of nommu
   * @param installation of the artifacts that a project needs; empty if only jars exist
   */
  PluginNewCommand(Console console, String version, Optional<Installation> installation) {
    this.console = console;
    this.version = version;
    this.installation = installation;
  }

  /** Reads the kind of a plugin. */
  static final class KindConverter extends Choice<NewPlugin.Kind> {
    KindConverter() {
      super(List.of(NewPlugin.Kind.values()), NewPlugin.Kind::id);
    }
  }

  @Override
  public Integer call() throws CommandException, InterruptedException {
    Path project = folder.toAbsolutePath().normalize();
    NewPlugin plugin = new NewPlugin(name(project), kind, version);
    try {
      requireEmpty(project);
      if (installation.isPresent()) {
        installation.get().provide(existing(project), console);
      }
      plugin.write(project);
    } catch (IOException failure) {
      throw new CommandException(
          ExitCode.FAILED,
          "nommu plugin new: " + folder + ": " + HostFailure.reason(failure),
          failure);
    }
    console.line(
        "%s: a plugin of the kind %s. Next: cd %s && mvn verify; see README.md there"
            .formatted(folder, kind.id(), folder));
    return ExitCode.OK;
  }

  /** Returns the folder itself or its nearest existing parent. */
  private static Path existing(Path folder) {
    return Stream.iterate(folder, Path::getParent)
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow();
  }

  private static String name(Path project) throws CommandException {
    String name = String.valueOf(project.getFileName());
    if (!NewPlugin.isName(name)) {
      throw new CommandException(
          ExitCode.USAGE,
          "nommu plugin new: expected a folder whose name is a lower-case letter, then lower-case"
              + " letters, digits and hyphens, such as my-sensor, found "
              + name);
    }
    return name;
  }

  private void requireEmpty(Path project) throws IOException, CommandException {
    if (!Files.exists(project)) {
      return;
    }
    try (Stream<Path> files = Files.list(project)) {
      if (files.findAny().isPresent()) {
        throw new CommandException(
            ExitCode.USAGE, "nommu plugin new: " + folder + ": the folder is not empty");
      }
    }
  }
}
