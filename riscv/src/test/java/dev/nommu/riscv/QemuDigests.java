package dev.nommu.riscv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes the digests that {@link GeneratedInstructionsTest} compares with: one for each block of
 * cases, as QEMU runs it.
 */
final class QemuDigests {
  static final long SEED = 1;
  static final int BLOCKS = 500;

  private QemuDigests() {}

  /** Prints the digests. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("qemu");
    Path file = folder.resolve("program");
    byte[] output = Qemu.run(new Generator(SEED).program(BLOCKS), file);
    Files.delete(file);
    Files.delete(folder);
    System.out.println("# Made by QemuDigests: see there.");
    of(output).forEach(System.out::println);
  }

  /** Returns a digest of each block in the output of a program. */
  static List<String> of(byte[] output) {
    List<String> digests = new ArrayList<>();
    for (int at = 0; at < output.length; at += Generator.BLOCK_SIZE) {
      digests.add(digest(Arrays.copyOfRange(output, at, at + Generator.BLOCK_SIZE)));
    }
    return digests;
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] all = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(all, 0, 8);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
