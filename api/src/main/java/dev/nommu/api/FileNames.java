package dev.nommu.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Converts file names between bytes and text (rule FILE-17). The bytes are decoded as UTF-8; each
 * byte that is not valid UTF-8 becomes a lone surrogate, U+DC00 plus its value, so that every name
 * has a distinct text and converts back. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FileNames {
  private static final int ESCAPE = 0xdc00;
  private static final int LEAST_ESCAPED = 0x80;
  private static final int BYTE = 0xff;

  private FileNames() {}

  /** Returns the text of a name or path. */
  public static String decode(byte[] name) {
    return decode(ByteBuffer.wrap(name));
  }

  /** Returns the text of a name or path in the remaining bytes, without moving the position. */
  public static String decode(ByteBuffer name) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = name.duplicate();
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    CoderResult result = decoder.decode(bytes, text, true);
    while (result.isMalformed()) {
      for (int i = 0; i < result.length(); i++) {
        text.put((char) (ESCAPE + (bytes.get() & BYTE)));
      }
      result = decoder.decode(bytes, text, true);
    }
    return text.flip().toString();
  }

  /** Returns the bytes of a name or path. */
  public static byte[] encode(String text) {
    int escape = nextEscape(text, 0);
    if (escape == text.length()) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int from = 0;
    while (escape < text.length()) {
      bytes.writeBytes(text.substring(from, escape).getBytes(StandardCharsets.UTF_8));
      bytes.write(text.charAt(escape));
      from = escape + 1;
      escape = nextEscape(text, from);
    }
    bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  /** Returns the length of a name or path in bytes. */
  public static int length(String text) {
    return encode(text).length;
  }

  /** Returns a text for display, or for a host whose names are text: invalid bytes as Latin-1. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder(text);
    for (int i = nextEscape(text, 0); i < text.length(); i = nextEscape(text, i + 1)) {
      shown.setCharAt(i, (char) (text.charAt(i) & BYTE));
    }
    return shown.toString();
  }

  /** Returns the index of the next invalid byte, or the length. */
  private static int nextEscape(String text, int from) {
    int at = from;
    while (at < text.length() && !isEscape(text, at)) {
      at++;
    }
    return at;
  }

  private static boolean isEscape(String text, int at) {
    int escaped = text.charAt(at) - ESCAPE;
    boolean inRange = escaped >= LEAST_ESCAPED && escaped <= BYTE;
    return inRange && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
