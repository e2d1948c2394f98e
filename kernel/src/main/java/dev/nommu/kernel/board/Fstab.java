package dev.nommu.kernel.board;

import dev.nommu.kernel.board.Simulation.MountEntry;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines as in fstab(5): source, target, type, options, and two numbers that are ignored. */
final class Fstab {
  private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");
  private static final int FEWEST = 3;
  private static final int MOST = 6;
  private static final String SWAP = "swap";

  private Fstab() {}

  /**
   * Reads a line.
   *
   * @return the mount, or empty for a comment, an empty line and swap
   * @throws IllegalArgumentException if it does not have three to six fields
   */
  static Optional<MountEntry> parseLine(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    String[] fields = BLANKS.split(text);
    if (fields.length < FEWEST || fields.length > MOST) {
      throw new IllegalArgumentException(
          "fstab: expected source, target, type, options, 0, 0, found \"%s\"".formatted(text));
    }
    if (fields[2].equals(SWAP)) {
      return Optional.empty();
    }
    String options = fields.length > FEWEST ? fields[FEWEST] : "";
    return Optional.of(
        new MountEntry(unescaped(fields[0]), unescaped(fields[1]), fields[2], options));
  }

  /** A blank in a name is written {@code \\040}. */
  private static String unescaped(String field) {
    return ESCAPE
        .matcher(field)
        .replaceAll(escape ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 8))));
  }
}
