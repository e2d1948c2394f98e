package dev.nommu.image;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Names and paths as they stand in an image. Stateless. */
public final class ImageText {
  /** Bytes in the longest path, as PATH_MAX without its NUL. */
  public static final int LONGEST_PATH = 4095;

  private ImageText() {}

  /** Returns the text of these bytes: UTF-8, or Latin-1 where they cannot be UTF-8. */
  public static String decode(ByteBuffer text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(text.duplicate()).toString();
    } catch (CharacterCodingException notUtf8) {
      return StandardCharsets.ISO_8859_1.decode(text.duplicate()).toString();
    }
  }

  /** Returns the bytes in front of the first NUL; all of them if there is none. */
  public static ByteBuffer untilNul(ByteBuffer bytes) {
    int end = 0;
    while (end < bytes.limit() && bytes.get(end) != 0) {
      end++;
    }
    return bytes.slice(0, end);
  }
}
