package dev.nommu.cli.program;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conversion of text between the host and a terminal. */
final class HostText {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(n|r|t|e|\\\\|x[0-9a-fA-F]{2})");
  private static final char ESCAPE_KEY = 0x1b;

  private HostText() {}

  /** Returns the bytes that the keys send for a text with C escapes. */
  static byte[] typed(String text) {
    ByteArrayOutputStream typed = new ByteArrayOutputStream();
    Matcher escape = ESCAPE.matcher(text);
    int at = 0;
    while (escape.find()) {
      typed.writeBytes(text.substring(at, escape.start()).getBytes(StandardCharsets.UTF_8));
      typed.write(key(escape.group(1)));
      at = escape.end();
    }
    typed.writeBytes(text.substring(at).getBytes(StandardCharsets.UTF_8));
    return typed.toByteArray();
  }

  private static char key(String escape) {
    return switch (escape.charAt(0)) {
      case 'n', 'r' -> '\r';
      case 't' -> '\t';
      case 'e' -> ESCAPE_KEY;
      case 'x' -> (char) Integer.parseInt(escape.substring(1), 16);
      default -> '\\';
    };
  }

  /** Returns a console's output without the carriage returns for a terminal. */
  static byte[] withoutCarriageReturns(byte[] shown) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(shown.length);
    for (int i = 0; i < shown.length; i++) {
      boolean beforeEnd = i + 1 < shown.length && shown[i + 1] == '\n';
      if (shown[i] != '\r' || !beforeEnd) {
        text.write(shown[i]);
      }
    }
    return text.toByteArray();
  }
}
