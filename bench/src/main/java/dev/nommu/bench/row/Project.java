package dev.nommu.bench.row;

import java.nio.file.Files;
import java.nio.file.Path;

/** The files of the project that benchmarks use. */
final class Project {
  private Project() {}

  /** Returns a file or directory of the project, which encloses the working directory. */
  static Path file(String name) {
    Path at = Path.of(System.getProperty("nommu.home", "")).toAbsolutePath();
    while (!Files.exists(at.resolve(name))) {
      Path above = at.getParent();
      if (above == null) {
        throw new IllegalStateException(
            "expected %s in %s or above".formatted(name, Path.of("").toAbsolutePath()));
      }
      at = above;
    }
    return at.resolve(name);
  }
}
