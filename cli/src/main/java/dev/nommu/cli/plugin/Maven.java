package dev.nommu.cli.plugin;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Maven.
 *
 * @param command the command that starts it
 */
record Maven(String command) {
  private static final String REPOSITORY = "[DEBUG] Using local repository at ";

  /**
   * Returns the local repository for projects in a folder. It depends on settings, environment and
   * {@code .mvn} folders, so asks Maven, which answers before it looks for a project.
   *
   * @throws IOException if Maven cannot be started or does not answer
   */
  Path localRepository(Path folder) throws IOException, InterruptedException {
    List<String> said = new ArrayList<>();
    run(folder, said::add, "-X", "-N", "validate");
    return said.stream()
        .filter(line -> line.startsWith(REPOSITORY))
        .map(line -> Path.of(line.substring(REPOSITORY.length())))
        .findFirst()
        .orElseThrow(() -> new IOException("mvn -X validate does not report its local repository"));
  }

  /**
   * Runs it to its end.
   *
   * @param listener receives each line that it prints
   * @return its exit status
   * @throws IOException if it cannot be started
   */
  int run(Path folder, Consumer<String> listener, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(command, "-B", "-Dstyle.color=never"));
    all.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (BufferedReader said = process.inputReader()) {
      said.lines().forEach(listener);
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }
}
