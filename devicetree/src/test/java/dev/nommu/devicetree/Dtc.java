package dev.nommu.devicetree;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The device tree compiler of the system, as a second opinion. */
final class Dtc {
  private final Path directory;

  /** Skips the test where there is no dtc. */
  Dtc(Path directory) {
    this.directory = directory;
    assumeTrue(isInstalled(), "dtc is not installed (package device-tree-compiler)");
  }

  private static boolean isInstalled() {
    try {
      return new ProcessBuilder("dtc", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while asking dtc for its version", e);
    }
  }

  /**
   * What dtc answered.
   *
   * @param status 0 if it accepted the input
   * @param messages its standard error
   */
  record Answer(int status, byte[] output, String messages) {}

  Answer compile(String source) throws IOException {
    return run(source.getBytes(StandardCharsets.UTF_8), "dts", "dtb");
  }

  Answer run(byte[] input, String inputForm, String outputForm) throws IOException {
    Path in = Files.write(directory.resolve("in"), input);
    Path messages = directory.resolve("messages");
    List<String> command = new ArrayList<>(List.of("dtc", "-q", "-I", inputForm));
    command.addAll(List.of("-O", outputForm, in.toString()));
    Process process = new ProcessBuilder(command).redirectError(messages.toFile()).start();
    byte[] output = process.getInputStream().readAllBytes();
    try {
      return new Answer(process.waitFor(), output, Files.readString(messages));
    } catch (InterruptedException e) {
      throw new IOException("interrupted while dtc ran", e);
    }
  }
}
