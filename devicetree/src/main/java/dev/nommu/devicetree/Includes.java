package dev.nommu.devicetree;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds the text that device tree source asks for with {@code /include/ "name"}. */
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
    return (including, requested) -> {
      FileContent content = FileContent.read(sibling(fs, including, requested));
      return new Source(content.name(), content.text());
    };
  }

  private static Path sibling(FileSystem fs, String including, String requested)
      throws IOException {
    try {
      return fs.getPath(including).resolveSibling(requested).normalize();
    } catch (InvalidPathException e) {
      throw new IOException("not a path: " + e.getReason(), e);
    }
  }
}
