package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;
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

  boolean refuses(String source) throws IOException {
    return run(bytes(source), "dts", "dtb").exitValue() != 0;
  }

  /** Returns the blob that dtc makes of a source it must accept. */
  byte[] compile(String source) throws IOException {
    return convert(bytes(source), "dts", "dtb");
  }

  /** Returns the blob with symbols that dtc makes of a source it must accept. */
  byte[] compileWithSymbols(String source) throws IOException {
    return convert(bytes(source), "dts", "dtb", "-@");
  }

  /** Returns what fdtoverlay makes of a base and overlays that it must accept. */
  byte[] overlay(byte[] base, byte[]... overlays) throws IOException {
    List<String> command = new ArrayList<>(List.of("fdtoverlay"));
    command.addAll(List.of("-o", directory.resolve("out").toString()));
    command.addAll(List.of("-i", Files.write(directory.resolve("base"), base).toString()));
    for (int i = 0; i < overlays.length; i++) {
      command.add(Files.write(directory.resolve("overlay" + i), overlays[i]).toString());
    }
    return output(start(command).exitValue());
  }

  /** Returns a blob with its nodes and properties in the order of their names. */
  byte[] sorted(byte[] blob) throws IOException {
    return convert(blob, "dtb", "dtb", "-s");
  }

  /** Returns what dtc makes of input it must accept. */
  byte[] convert(byte[] input, String inputForm, String outputForm, String... options)
      throws IOException {
    return output(run(input, inputForm, outputForm, options).exitValue());
  }

  private byte[] output(int status) throws IOException {
    String messages = Files.readString(directory.resolve("messages"));
    assertThat(status).as("%s", messages).isZero();
    return Files.readAllBytes(directory.resolve("out"));
  }

  private Process run(byte[] input, String inputForm, String outputForm, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("dtc", "-q", "-I", inputForm));
    command.addAll(List.of(options));
    command.addAll(List.of("-O", outputForm, "-o", directory.resolve("out").toString()));
    command.add(Files.write(directory.resolve("in"), input).toString());
    return start(command);
  }

  private Process start(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(directory.resolve("messages").toFile()).start();
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
