package dev.nommu.devicetree;

import java.io.IOException;
import java.nio.file.FileSystem;

/**
 * Finds the files that device tree source asks for with {@code /include/ "name"} and {@code
 * /incbin/ ("name")}.
 */
@FunctionalInterface
public interface Includes {
  /**
   * Opens included text.
   *
   * @param including the name of the source that includes, as given to the parser or returned here
   * @param requested what stands between the quotes
   * @return the text, under a name that is the same whenever it is the same text, so that a source
   *     that includes itself is noticed
   * @throws IOException if there is none, or it cannot be read; the message is shown to the author
   */
  Source open(String including, String requested) throws IOException;

  /**
   * Returns bytes of a file, those there are from an offset on.
   *
   * @param including the name of the source that asks, as for {@link #open}
   * @param requested what stands between the quotes
   * @param offset of the first byte, not negative
   * @param most how many bytes to return at most, not negative
   * @return fewer bytes than {@code most} if the file ends before
   * @throws IOException if there is no such file, or it cannot be read; the message is shown to the
   *     author. Unless it is overridden, always.
   */
  default byte[] bytes(String including, String requested, long offset, int most)
      throws IOException {
    throw new IOException("no file can be read here");
  }

  /**
   * Text with a name.
   *
   * @param name what messages call it, usually a path
   * @param text all of it
   */
  record Source(String name, String text) {}

  /** Returns what refuses every inclusion, for text that does not come from a file. */
  static Includes none() {
    return (including, requested) -> {
      throw new IOException("nothing can be included here");
    };
  }

  /** Returns what finds files relative to the including file, names being paths of {@code fs}. */
  static Includes from(FileSystem fs) {
    return new SiblingFiles(fs);
  }
}
