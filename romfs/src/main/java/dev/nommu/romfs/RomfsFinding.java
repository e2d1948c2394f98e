package dev.nommu.romfs;

import java.util.Optional;

/**
 * Something that is wrong with an image.
 *
 * @param problem what is wrong
 * @param offset where in the image
 * @param entry the node it was found in, or the directory that led there; empty for the volume
 * @param expected what should be there
 * @param found what is there
 */
public record RomfsFinding(
    Problem problem, long offset, Optional<RomfsEntry> entry, String expected, String found) {

  /** What can be wrong. */
  public enum Problem {
    /** It does not begin as a romfs does; nothing else was checked. */
    MAGIC("magic"),
    /** The size in the header is not that of an image, or larger than what there is. */
    VOLUME_SIZE("volume size"),
    /** The first 512 bytes do not sum up to 0 (rule ROMFS-11). */
    VOLUME_CHECKSUM("volume checksum"),
    /** There is no root directory where it should be. */
    ROOT("root"),
    /** Header and name of a node do not sum up to 0 (rule ROMFS-15). Linux does not look. */
    NODE_CHECKSUM("node checksum"),
    /** A name is too long, has no end, is empty, contains a slash or comes twice. */
    NAME("name"),
    /** A node refers to an offset where no node is. */
    OFFSET("offset"),
    /** A chain of nodes or hard links comes back to where it was, or is too long. */
    LOOP("loop"),
    /** A node lies in what belongs to another. */
    OVERLAP("overlap"),
    /** Data goes on past the end of the volume, or a symbolic link's has an impossible size. */
    SIZE("size"),
    /** The spec word is not what the kind asks for. */
    SPEC("spec");

    private final String label;

    Problem(String label) {
      this.label = label;
    }

    /** Returns what a person calls it. */
    public String label() {
      return label;
    }
  }

  /** Returns the path of the entry, "/" for the volume. */
  public String path() {
    return entry.map(RomfsEntry::path).orElse("/");
  }

  /** Returns all of it on one line. */
  @Override
  public String toString() {
    return "0x%x %s: %s: expected %s, found %s"
        .formatted(offset, path(), problem.label(), expected, found);
  }
}
