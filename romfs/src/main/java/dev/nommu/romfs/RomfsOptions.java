package dev.nommu.romfs;

import dev.nommu.image.PathPattern;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The options for making an image, the same as those of {@code genromfs}.
 *
 * @param volume the name of the volume, 128 bytes at most ({@code -V})
 * @param order the order in which a directory's entries are written
 * @param alignment the alignment of the data of regular files: a power of two, 16 or more ({@code
 *     -a})
 * @param alignments the alignments of files that match a pattern; if several match, the largest
 *     applies ({@code -A})
 * @param excludes patterns of files to leave out; a directory with all its contents ({@code -x})
 */
public record RomfsOptions(
    String volume,
    Order order,
    int alignment,
    List<Alignment> alignments,
    List<PathPattern> excludes) {

  /** The longest name of a volume in bytes. */
  public static final int LONGEST_VOLUME = RomfsFormat.LONGEST_NAME;

  /** The volume {@code romfs}, entries by name, nothing aligned or left out. */
  public static final RomfsOptions DEFAULT =
      new RomfsOptions("romfs", Order.NAME, 16, List.of(), List.of());

  /** The order of a directory's entries. "." and ".." come first in both. */
  public enum Order {
    /** By name: the same tree yields the same image everywhere. */
    NAME,
    /** As listed by the host, as {@code genromfs} does even with "." and "..". */
    HOST
  }

  /**
   * The alignment of files that match a pattern: of the data of a regular file, of the header of
   * any other.
   *
   * @param bytes a power of two, 16 or more
   * @param pattern the pattern
   */
  public record Alignment(int bytes, PathPattern pattern) {
    /** Checks the number. */
    public Alignment {
      requireAlignment(bytes);
    }
  }

  /** Checks the name and the alignment. */
  public RomfsOptions {
    int length = volume.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_VOLUME || volume.indexOf(0) >= 0) {
      throw new IllegalArgumentException(
          "volume name: expected %d bytes or less and no NUL, found %d bytes"
              .formatted(LONGEST_VOLUME, length));
    }
    requireAlignment(alignment);
    alignments = List.copyOf(alignments);
    excludes = List.copyOf(excludes);
  }

  /** Returns these options with another volume name. */
  public RomfsOptions withVolume(String name) {
    return new RomfsOptions(name, order, alignment, alignments, excludes);
  }

  /** Returns these options with another order. */
  public RomfsOptions withOrder(Order other) {
    return new RomfsOptions(volume, other, alignment, alignments, excludes);
  }

  /** Returns these options with another alignment of regular files. */
  public RomfsOptions withAlignment(int bytes) {
    return new RomfsOptions(volume, order, bytes, alignments, excludes);
  }

  /** Returns these options with one more alignment. */
  public RomfsOptions aligning(int bytes, String pattern) {
    Alignment added = new Alignment(bytes, PathPattern.of(pattern));
    return new RomfsOptions(volume, order, alignment, append(alignments, added), excludes);
  }

  /** Returns these options with one more pattern of files to leave out. */
  public RomfsOptions excluding(String pattern) {
    PathPattern added = PathPattern.of(pattern);
    return new RomfsOptions(volume, order, alignment, alignments, append(excludes, added));
  }

  /** Returns the name of the volume as stored in the image. */
  byte[] volumeBytes() {
    return volume.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the alignment for this path by the patterns, 16 if none matches. */
  int alignmentOf(String path) {
    return alignments.stream()
        .filter(candidate -> candidate.pattern().matches(path))
        .mapToInt(Alignment::bytes)
        .max()
        .orElse(16);
  }

  /** Returns whether this path is left out. */
  boolean excludes(String path) {
    return excludes.stream().anyMatch(pattern -> pattern.matches(path));
  }

  private static <T> List<T> append(List<T> list, T added) {
    return Stream.concat(list.stream(), Stream.of(added)).toList();
  }

  private static void requireAlignment(int bytes) {
    if (bytes < 16 || Integer.bitCount(bytes) != 1) {
      throw new IllegalArgumentException(
          "alignment: expected a power of two of 16 or more, found " + bytes);
    }
  }
}
