package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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

  boolean refuses(String source) throws IOException {
    return run(bytes(source), "dts", "dtb").exitValue() != 0;
  }

  /** Returns the blob that dtc makes of a source it must accept. */
  byte[] compile(String source) throws IOException {
    return convert(bytes(source), "dts", "dtb");
  }

  /** Returns what dtc makes of input it must accept. */
  byte[] convert(byte[] input, String inputForm, String outputForm) throws IOException {
    int status = run(input, inputForm, outputForm).exitValue();
    String messages = Files.readString(directory.resolve("messages"));
    assertThat(status).as("dtc: %s", messages).isZero();
    return Files.readAllBytes(directory.resolve("out"));
  }

  private Process run(byte[] input, String inputForm, String outputForm) throws IOException {
    Path in = Files.write(directory.resolve("in"), input);
    String out = directory.resolve("out").toString();
    Process process =
        new ProcessBuilder("dtc", "-q", "-I", inputForm, "-O", outputForm, "-o", out, in.toString())
            .redirectError(directory.resolve("messages").toFile())
            .start();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IOException("interrupted while dtc ran", e);
    }
    return process;
  }

  private static byte[] bytes(String source) {
    return source.getBytes(StandardCharsets.UTF_8);
  }
}
