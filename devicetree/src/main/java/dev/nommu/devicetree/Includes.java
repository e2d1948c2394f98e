package dev.nommu.devicetree;

import java.io.IOException;
import java.nio.file.FileSystem;

/**
 * Finds the files that device tree source includes with {@code /include/ "name"} and {@code
 * /incbin/ ("name")}.
 */
@FunctionalInterface
public interface Includes {
  /**
   * Opens included text.
   *
   * @param including the name of the source that includes, as given to the parser or returned here
   * @param requested the text between the quotes
   * @return the text, under a name that identifies it, so that a source that includes itself is
   *     detected
   * @throws IOException if it does not exist or cannot be read; the message is shown to the author
   */
  Source open(String including, String requested) throws IOException;

  /**
   * Returns bytes of a file from an offset on.
   *
   * @param including the name of the including source, as for {@link #open}
   * @param requested the text between the quotes
   * @param offset of the first byte, not negative
   * @param most the maximum number of bytes, not negative
   * @return fewer bytes than {@code most} at the end of the file
   * @throws IOException if it does not exist or cannot be read; the message is shown to the author.
   *     By default always.
   */
  default byte[] bytes(String including, String requested, long offset, int most)
      throws IOException {
    throw new IOException("no file can be read here");
  }

  /**
   * Text with a name.
   *
   * @param name its name in messages, usually a path
   * @param text all of it
   */
  record Source(String name, String text) {}

  /** Returns an instance that refuses every inclusion, for text that does not come from a file. */
  static Includes none() {
    return (including, requested) -> {
      throw new IOException("nothing can be included here");
    };
  }

  /**
   * Returns an instance that finds files relative to the including file, with paths of {@code fs}
   * as names.
   */
  static Includes from(FileSystem fs) {
    return new SiblingFiles(fs);
  }
}
