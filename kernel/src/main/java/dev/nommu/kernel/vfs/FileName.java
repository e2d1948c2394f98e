package dev.nommu.kernel.vfs;

import dev.nommu.api.FileNames;
import java.util.Optional;

/** The limits of a name in a directory and of the path in a symbolic link. */
final class FileName {
  /** The most bytes of a name. */
  static final int NAME_MAX = 255;

  /** The most bytes of a path, including the zero byte. */
  static final int PATH_MAX = 4096;

  /** The most bytes of a char in UTF-8. */
  private static final int LONGEST_CHARACTER = 3;

  private static final int SHOWN = 64;

  private FileName() {}

  /** Returns why a text is not a valid name, as in "it is empty", or empty. */
  static Optional<String> wrongWith(String name) {
    if (name.indexOf('/') >= 0) {
      return Optional.of("has a slash");
    }
    if (name.equals(".") || name.equals("..")) {
      return Optional.of("means a directory itself, or the one above");
    }
    return wrongWith(name, NAME_MAX);
  }

  /** Returns why a text is not a valid target of a symbolic link, or empty. */
  static Optional<String> wrongWithTarget(String target) {
    return wrongWith(target, PATH_MAX - 1);
  }

  private static Optional<String> wrongWith(String text, int most) {
    if (text.isEmpty()) {
      return Optional.of("is empty");
    }
    if (text.indexOf('\0') >= 0) {
      return Optional.of("has a zero byte");
    }
    return exceeds(text, most)
        ? Optional.of("has more than %d bytes".formatted(most))
        : Optional.empty();
  }

  /** Returns whether a text is longer than this in bytes. */
  static boolean exceeds(String text, int bytes) {
    return text.length() * LONGEST_CHARACTER > bytes && FileNames.length(text) > bytes;
  }

  /** Returns a name for a message. */
  static String shown(String name) {
    String printable = name.replace("\0", "\\0");
    return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "...";
  }
}
