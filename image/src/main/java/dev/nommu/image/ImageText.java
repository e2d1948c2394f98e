package dev.nommu.image;

import java.nio.ByteBuffer;

/** Names and paths as stored in an image. Stateless. */
public final class ImageText {
  /** The maximum length of a path in bytes: PATH_MAX without its NUL. */
  public static final int LONGEST_PATH = 4095;

  private ImageText() {}

  /** Returns the bytes before the first NUL; all of them if there is none. */
  public static ByteBuffer untilNul(ByteBuffer bytes) {
    int end = 0;
    while (end < bytes.limit() && bytes.get(end) != 0) {
      end++;
    }
    return bytes.slice(0, end);
  }
}
