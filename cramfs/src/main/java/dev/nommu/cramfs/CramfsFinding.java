package dev.nommu.cramfs;

/**
 * Something that is wrong with an image.
 *
 * @param offset where it is, bytes from the start of the file or device
 * @param path the file it is about, or {@link #SUPERBLOCK}
 * @param expected what should be there
 * @param found what is there
 */
public record CramfsFinding(long offset, String path, String expected, String found) {
  /** The path of what is about the image as a whole. */
  public static final String SUPERBLOCK = "superblock";

  /** Returns all of it on one line. */
  @Override
  public String toString() {
    return "0x%08x %s: expected %s, found %s".formatted(offset, path, expected, found);
  }
}
