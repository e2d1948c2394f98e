package dev.nommu.cli.text;

/** Untrusted text of an image, made safe for a terminal. */
public final class Printable {
  private Printable() {}

  /**
   * Returns the text with each control character and backslash as a backslash and three or more
   * octal digits, as {@code ls -b}; one line remains one line.
   */
  public static String of(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints().forEach(point -> append(printable, point));
    return printable.toString();
  }

  private static void append(StringBuilder printable, int point) {
    if (point == '\\' || isInvisible(point)) {
      printable.append("\\%03o".formatted(point));
    } else {
      printable.appendCodePoint(point);
    }
  }

  private static boolean isInvisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
