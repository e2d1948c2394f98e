package dev.nommu.image;

/**
 * Something that is wrong with an image.
 *
 * @param offset where it is, bytes from the start of the image
 * @param subject the path of the file it is about, or what the format calls its header
 * @param expected what should be there
 * @param found what is there
 */
public record Finding(long offset, String subject, String expected, String found) {
  /** Returns all of it on one line. */
  @Override
  public String toString() {
    return "0x%x %s: expected %s, found %s".formatted(offset, subject, expected, found);
  }
}
