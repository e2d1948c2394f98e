package dev.nommu.cli.plugin;

import dev.nommu.api.HostFailure;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The local Maven repository, which projects of plugins take nommu's artifacts from.
 *
 * @param folder where it is
 * @param sources nommu's own project, or empty if only its jars are here
 * @param version of nommu
 */
record LocalRepository(Path folder, Optional<Path> sources, String version) {
  private static final List<String> ARTIFACTS =
      List.of("nommu-api", "nommu-chardev-fb", "nommu-kernel", "nommu-ramfs");
  private static final String BUILDING = "[INFO] Building ";
  private static final String ERROR = "[ERROR] ";
  private static final String FAILURE = "nommu plugin new: its artifacts cannot be installed: ";

  /** Returns the user's, for the program that is running. */
  static LocalRepository ofUser(String version) {
    return new LocalRepository(
        Path.of(System.getProperty("user.home"), ".m2", "repository"),
        Optional.ofNullable(System.getProperty("nommu.home")).map(Path::of),
        version);
  }

  /**
   * Puts the artifacts into the repository unless they are there and not older than the program.
   *
   * @param console is told how far it has come
   * @throws CommandException if they cannot be built
   */
  void provide(Console console) throws CommandException, InterruptedException {
    if (sources.isPresent() && !isProvided(sources.get())) {
      install(sources.get(), console);
    }
  }

  private boolean isProvided(Path project) {
    Path program = project.resolve("cli/target/built-by-launcher");
    return ARTIFACTS.stream().map(this::jar).allMatch(jar -> isNewer(jar, program));
  }

  private Path jar(String artifact) {
    return folder
        .resolve("dev/nommu")
        .resolve(artifact)
        .resolve(version)
        .resolve(artifact + "-" + version + ".jar");
  }

  private static boolean isNewer(Path jar, Path program) {
    try {
      return Files.exists(jar)
          && Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(program)) >= 0;
    } catch (IOException unknown) {
      return false;
    }
  }

  private void install(Path project, Console console)
      throws CommandException, InterruptedException {
    console.note("nommu: installing its artifacts in " + folder);
    ProcessBuilder maven =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-Dstyle.color=never",
                "-Dmaven.test.skip=true",
                "-pl",
                String.join(",", ARTIFACTS.stream().map(each -> ":" + each).toList()),
                "-am",
                "install")
            .directory(project.toFile())
            .redirectErrorStream(true);
    try {
      Process process = maven.start();
      process.getOutputStream().close();
      String error = follow(process, console);
      if (process.waitFor() != 0) {
        throw new CommandException(ExitCode.FAILED, FAILURE + error);
      }
      markNew();
    } catch (IOException cannotStart) {
      throw failure(HostFailure.reason(cannotStart), cannotStart);
    }
  }

  /** Maven keeps the times of files that it did not have to build anew. */
  private void markNew() throws IOException {
    FileTime now = FileTime.from(Instant.now());
    for (String artifact : ARTIFACTS) {
      Files.setLastModifiedTime(jar(artifact), now);
    }
  }

  /** Returns the last error that Maven printed. */
  private static String follow(Process process, Console console) throws IOException {
    String error = "mvn install failed";
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(BUILDING)) {
          console.note(line.substring("[INFO] ".length()).strip());
        } else if (line.startsWith(ERROR + "Failed")) {
          error = line.substring(ERROR.length());
        }
      }
    }
    return error;
  }

  private static CommandException failure(String reason, Exception cause) {
    return new CommandException(ExitCode.FAILED, FAILURE + reason, cause);
  }
}
