package dev.nommu.junit;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The source an annotation refers to: the text itself, a file, or a resource.
 *
 * @param name its name in messages
 * @param text the text itself
 */
record TextSource(String name, String text) {
  private static final String INLINE = "text block";

  /** Returns the name of a source given in an annotation. */
  static String title(String given) {
    return given.contains("\n") ? INLINE : given;
  }

  /**
   * Reads it.
   *
   * @param given the text, if it has more than one line; or the name of a file, or of a resource
   *     next to the class
   * @param annotation the annotation it is given in
   * @throws IOException if it does not exist or cannot be read
   */
  static TextSource of(String given, String annotation, Class<?> test) throws IOException {
    if (given.contains("\n")) {
      return new TextSource(test.getSimpleName(), given);
    }
    Path file = Path.of(given);
    if (Files.exists(file)) {
      return new TextSource(given, Files.readString(file));
    }
    try (InputStream in = test.getResourceAsStream(given)) {
      if (in == null) {
        throw new FileNotFoundException(
            "%s(\"%s\") of %s: expected a file, a resource next to the class, or a text block"
                .formatted(annotation, given, test.getName()));
      }
      return new TextSource(given, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
