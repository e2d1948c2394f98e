package dev.nommu.cli.vectors;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One run of a script of these tests.
 *
 * @param exitCode 0 if it agrees
 * @param output what it wrote
 */
record Python(int exitCode, String output) {
  private static final Path SCRIPTS =
      Path.of("src", "test", "resources", "dev", "nommu", "cli", "vectors");

  /** Returns the path of a script. */
  static Path script(String name) {
    return SCRIPTS.resolve(name);
  }

  /**
   * Runs a script. Where there is no python3 the test is skipped, but not where everything is
   * tested.
   *
   * @param input what it reads
   */
  static Python run(Path input, String script, Path... arguments)
      throws IOException, InterruptedException {
    assumeTrue(
        isInstalled() || "true".equals(System.getenv("CI")),
        "skipped: python3 is not installed (Debian package python3)");
    List<String> command =
        Stream.concat(
                Stream.of("python3", script(script).toString()),
                Stream.of(arguments).map(Path::toString))
            .toList();
    Process process =
        new ProcessBuilder(command).redirectInput(input.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Python(process.waitFor(), output);
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
  }
}
