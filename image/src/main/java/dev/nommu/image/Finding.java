package dev.nommu.image;

/**
 * A fault in an image.
 *
 * @param offset where it is, bytes from the start of the image
 * @param subject the path of the file concerned, or the format's name for its header
 * @param expected the expected value
 * @param found the value found
 */
public record Finding(long offset, String subject, String expected, String found) {
  /** Returns the finding on one line. */
  @Override
  public String toString() {
    return "0x%x %s: expected %s, found %s".formatted(offset, subject, expected, found);
  }
}
