package dev.nommu.junit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.opentest4j.AssertionFailedError;

/**
 * A cross-compiler of the host.
 *
 * @param command its name, looked for in the PATH
 */
record GuestCompiler(String command) {
  /** The name in Debian's package {@code gcc-riscv64-linux-gnu}. */
  static final String COMMAND = "riscv64-linux-gnu-gcc";

  private static final String HEADER = "guest.h";

  private static final List<String> FLAGS =
      List.of(
          "-O2",
          "-g",
          "-Wall",
          "-march=rv64gc",
          "-mabi=lp64d",
          "-ffreestanding",
          "-fno-builtin",
          "-fno-stack-protector",
          "-fPIE",
          "-static-pie",
          "-nostdlib",
          "-nostartfiles",
          "-Wl,-z,norelro",
          "-Wl,-z,stack-size=65536",
          "-Wl,--hash-style=sysv",
          "-Wl,-no-dynamic-linker",
          "-Wl,--build-id=none");

  /** Returns the command line that builds a source, for display. */
  String line(String source) {
    return "%s %s -I. -o %s %s"
        .formatted(command, String.join(" ", FLAGS), GuestBuild.elfOf(source), source);
  }

  /** Returns whether it is installed. */
  boolean isThere() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
  }

  /**
   * Compiles a source. The result contains no path of the host.
   *
   * @param source a file; the files it includes may lie next to it
   * @throws AssertionFailedError if it has errors; the message is the compiler's
   */
  byte[] compile(Path source) throws IOException, InterruptedException {
    Path beside = Objects.requireNonNull(source.toAbsolutePath().getParent(), "it is a file");
    Path directory = Files.createTempDirectory("nommu-guest");
    Path header = directory.resolve(HEADER);
    Path program = directory.resolve("program");
    Path said = directory.resolve("said");
    try {
      Files.write(header, header());
      List<String> line = new ArrayList<>(List.of(command));
      line.addAll(FLAGS);
      line.addAll(
          List.of(
              "-I" + directory,
              "-ffile-prefix-map=%s=.".formatted(directory),
              "-ffile-prefix-map=%s=.".formatted(beside),
              "-o",
              program.toString(),
              source.toString()));
      Process process =
          new ProcessBuilder(line)
              .directory(beside.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new AssertionFailedError(
            "@GuestProgram: %s does not compile:%n%s"
                .formatted(source.getFileName(), Files.readString(said)));
      }
      return Files.readAllBytes(program);
    } finally {
      for (Path each : List.of(header, program, said, directory)) {
        Files.deleteIfExists(each);
      }
    }
  }

  private static byte[] header() throws IOException {
    try (InputStream in = GuestCompiler.class.getResourceAsStream(HEADER)) {
      return Objects.requireNonNull(in, HEADER).readAllBytes();
    }
  }

  /** Returns its version, the first line of {@code --version}. */
  String version() throws IOException {
    Process process = new ProcessBuilder(command, "--version").start();
    try (InputStream said = process.getInputStream()) {
      return new String(said.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse(command);
    }
  }
}
