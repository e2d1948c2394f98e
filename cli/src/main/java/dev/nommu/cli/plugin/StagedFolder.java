package dev.nommu.cli.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that is filled next to its target and moved there when complete, so a failure leaves
 * nothing there. Not thread-safe.
 */
final class StagedFolder implements AutoCloseable {
  private final Path target;
  private final Path staging;
  private final Path folder;

  private StagedFolder(Path target, Path staging, Path folder) {
    this.target = target;
    this.staging = staging;
    this.folder = folder;
  }

  /**
   * Creates one.
   *
   * @param target its final absolute path; if it exists, it must be empty
   */
  static StagedFolder beside(Path target) throws IOException {
    Path parent = Files.createDirectories(target.resolve("..").normalize());
    Path staging = Files.createTempDirectory(parent, "." + target.getFileName() + "-");
    return new StagedFolder(target, staging, Files.createDirectory(staging.resolve("new")));
  }

  /** Returns the folder to fill. */
  Path path() {
    return folder;
  }

  /** Moves it: atomically, or, into an existing folder, each entry atomically. */
  void move() throws IOException {
    if (!Files.exists(target)) {
      Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    for (Path entry : entries()) {
      Files.move(entry, target.resolve(entry.getFileName().toString()));
    }
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  /** Removes what was not moved. */
  @Override
  public void close() throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.walk(staging)) {
      left = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : left) {
      Files.delete(file);
    }
  }
}
