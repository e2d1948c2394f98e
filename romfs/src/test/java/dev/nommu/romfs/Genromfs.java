package dev.nommu.romfs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The host's genromfs, the reference tool for romfs images. */
final class Genromfs {
  private static final Path MEMORY = Path.of("/dev/shm");

  private Genromfs() {}

  /**
   * Returns the bytes of genromfs's image of a directory; skips the test if it is not installed.
   */
  static byte[] image(Path directory, String... options) throws Exception {
    Path image = Files.createTempFile("genromfs", ".romfs");
    try {
      List<String> command =
          Stream.concat(
                  Stream.of("genromfs", "-f", image.toString(), "-d", directory.toString()),
                  Stream.of(options))
              .toList();
      run(command);
      return Files.readAllBytes(image);
    } finally {
      Files.delete(image);
    }
  }

  /** Skips the test where genromfs is not installed. */
  static void assumeInstalled() {
    boolean found =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "genromfs")));
    assumeTrue(found, "skipped: genromfs is not installed (Debian package genromfs)");
  }

  /**
   * Returns a new directory on a tmpfs, which lists "." and ".." before all others as the writer
   * does; skips the test if there is no tmpfs.
   */
  static Path directoryInMemory() throws IOException {
    boolean isTmpfs = Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).type().equals("tmpfs");
    assumeTrue(isTmpfs, "skipped: there is no tmpfs at /dev/shm to fix the order of entries");
    return Files.createTempDirectory(MEMORY, "romfs");
  }

  /** Runs a command that must succeed. */
  static void run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + ": " + output);
    }
  }
}
