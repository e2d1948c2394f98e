package dev.nommu.romfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The image that a real no-MMU kernel had in its ROM, flash, RAM and on a disk, made by genromfs
 * 0.5.2, and the files it was made from.
 */
final class OracleImage {
  /** The files in the order of the image. */
  static final List<String> FILES =
      List.of(
          "split.bin",
          "odd.bin",
          "small.txt",
          "mixed.bin",
          "comp.bin",
          "empty",
          "prog",
          "page.bin",
          "big.bin");

  private OracleImage() {}

  /** Returns the image, 76800 bytes. */
  static byte[] bytes() {
    return resource("/oracle.romfs");
  }

  /** Returns the image as in each of its four stores: padded to 1 MiB with zeros. */
  static byte[] store() {
    return Arrays.copyOf(bytes(), 1 << 20);
  }

  /** Returns the bytes of one of the files. */
  static byte[] file(String name) {
    return resource("/oracle/" + name);
  }

  private static byte[] resource(String name) {
    try (InputStream in = OracleImage.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
