package dev.nommu.riscv;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** QEMU's user mode, from Debian's package qemu-user. */
final class Qemu {
  private static final String COMMAND = "qemu-riscv64";

  private Qemu() {}

  static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, COMMAND)));
  }

  /**
   * Runs a program that ends by itself, and returns its output.
   *
   * @param file where to write the program
   */
  static byte[] run(TestProgram program, Path file) throws IOException, InterruptedException {
    Files.write(file, program.elf());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    Process process =
        new ProcessBuilder(COMMAND, file.toString()).redirectError(Redirect.INHERIT).start();
    byte[] output = process.getInputStream().readAllBytes();
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(COMMAND + " ended with " + status);
    }
    return output;
  }
}
