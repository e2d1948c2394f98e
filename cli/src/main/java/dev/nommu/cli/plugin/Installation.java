package dev.nommu.cli.plugin;

import dev.nommu.api.HostFailure;
import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Installs the artifacts that plugin projects need in the local Maven repository, from nommu's own
 * project.
 *
 * @param project nommu's own
 * @param version of nommu
 * @param maven builds them
 */
record Installation(Path project, String version, Maven maven) {
  private static final String BOM = "nommu-bom";
  private static final List<String> JARS = List.of("nommu-api", "nommu-chardev-fb", "nommu-junit");
  private static final String INFO = "[INFO] ";
  private static final String BUILDING = INFO + "Building nommu ";
  private static final String ERROR = "[ERROR] ";

  /** Returns the project of the running program, or empty if only its jars exist. */
  static Optional<Installation> ofProgram(String version) {
    return Optional.ofNullable(System.getProperty("nommu.home"))
        .map(home -> new Installation(Path.of(home), version, new Maven("mvn")));
  }

  /**
   * Installs the artifacts in the repository unless they exist and are not older than the program.
   * Waits for other processes that do so from the same project.
   *
   * @param folder of the project that will use them
   * @param console receives the progress
   * @throws CommandException if they cannot be built
   */
  void provide(Path folder, Console console) throws CommandException, InterruptedException {
    try {
      Path repository = maven.localRepository(folder);
      if (isProvided(repository)) {
        return;
      }
      try (FileChannel file = openLock();
          FileLock held = lock(file, console)) {
        assert held.isValid();
        if (!isProvided(repository)) {
          install(repository, console);
        }
      }
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.FAILED,
          "nommu plugin new: its artifacts cannot be installed: " + HostFailure.reason(failed),
          failed);
    }
  }

  private Path target() {
    return project.resolve("cli/target");
  }

  private FileChannel openLock() throws IOException {
    return FileChannel.open(
        Files.createDirectories(target()).resolve("install.lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
  }

  private FileLock lock(FileChannel file, Console console) throws IOException {
    FileLock free = file.tryLock();
    if (free != null) {
      return free;
    }
    console.note("nommu: waiting for another process, which is installing its artifacts");
    return file.lock();
  }

  private boolean isProvided(Path repository) {
    Path program = target().resolve("built-by-launcher");
    return installed(repository).allMatch(file -> isNewer(file, program));
  }

  private Stream<Path> installed(Path repository) {
    return Stream.concat(
        Stream.of(file(repository, BOM, ".pom")),
        JARS.stream().map(artifact -> file(repository, artifact, ".jar")));
  }

  private Path file(Path repository, String artifact, String type) {
    return repository
        .resolve("dev/nommu")
        .resolve(artifact)
        .resolve(version)
        .resolve(artifact + "-" + version + type);
  }

  private static boolean isNewer(Path file, Path program) {
    try {
      return Files.exists(file)
          && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(program)) >= 0;
    } catch (IOException unknown) {
      return false;
    }
  }

  /** With sources, for the documentation. */
  private void install(Path repository, Console console) throws IOException, InterruptedException {
    console.note("nommu: installing its artifacts in " + repository);
    AtomicReference<String> error = new AtomicReference<>("mvn install failed");
    int status =
        maven.run(
            project,
            line -> follow(line, console, error),
            "-Dmaven.repo.local=" + repository,
            "-Dmaven.test.skip=true",
            "-Dmaven.javadoc.skip=true",
            "-pl",
            ":" + BOM + ",:" + String.join(",:", JARS),
            "-am",
            "install");
    if (status != 0) {
      throw new IOException(error.get());
    }
    markNew(repository);
  }

  private static void follow(String line, Console console, AtomicReference<String> error) {
    if (line.startsWith(BUILDING)) {
      console.note(line.substring(INFO.length()).replaceAll(" +", " "));
    } else if (line.startsWith(ERROR + "Failed")) {
      error.set(line.substring(ERROR.length()));
    }
  }

  /** Maven keeps the times of files that it did not rebuild. */
  private void markNew(Path repository) throws IOException {
    FileTime now = FileTime.from(Instant.now());
    for (Path file : installed(repository).toList()) {
      Files.setLastModifiedTime(file, now);
    }
  }
}
