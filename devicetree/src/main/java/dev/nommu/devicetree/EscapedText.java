package dev.nommu.devicetree;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with the escapes of C, as dtc knows them: one to three octal digits, {@code x} and one or
 * two hexadecimal digits, {@code a b t n v f r}; any other character after a backslash is itself.
 *
 * @param raw the text between the quotes
 * @param location its location
 */
record EscapedText(String raw, Location.Line location) {
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))", Pattern.DOTALL);
  private static final String LETTERS = "abtnvfr";
  private static final byte[] MEANINGS = {7, '\b', '\t', '\n', 0x0b, '\f', '\r'};

  /** Returns the bytes; characters are encoded in UTF-8. */
  byte[] decode() throws DeviceTreeException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher escape = ESCAPE.matcher(raw);
    int done = 0;
    while (escape.find()) {
      bytes.writeBytes(utf8(raw.substring(done, escape.start())));
      bytes.writeBytes(meaning(escape));
      done = escape.end();
    }
    bytes.writeBytes(utf8(raw.substring(done)));
    return bytes.toByteArray();
  }

  private byte[] meaning(Matcher escape) throws DeviceTreeException {
    if (escape.group(1) != null) {
      return new byte[] {(byte) Integer.parseInt(escape.group(1), 8)};
    }
    if (escape.group(2) != null) {
      return new byte[] {(byte) Integer.parseInt(escape.group(2), 16)};
    }
    return single(escape.group(3));
  }

  private byte[] single(String escaped) throws DeviceTreeException {
    if (escaped.equals("x")) {
      throw new DeviceTreeException(
          location, "quoted text", "hexadecimal digits after \\x", "none");
    }
    int letter = LETTERS.indexOf(escaped);
    return letter < 0 ? utf8(escaped) : new byte[] {MEANINGS[letter]};
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
