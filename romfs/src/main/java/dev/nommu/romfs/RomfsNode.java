package dev.nommu.romfs;

import java.util.List;

/**
 * A node as stored in an image (rule ROMFS-13).
 *
 * @param offset the offset of the node, and its inode number
 * @param kind its kind
 * @param executable whether the executable bit is set
 * @param next the offset of the next node of the directory, a multiple of 16; 0 for none
 * @param spec by kind: an offset, or major and minor number
 * @param size bytes of data, 0 to 2^32 - 1
 * @param name the name, 0 to 128 bytes
 * @param dataOffset the offset of its data
 */
public record RomfsNode(
    long offset,
    Kind kind,
    boolean executable,
    long next,
    int spec,
    long size,
    String name,
    long dataOffset) {

  /** The kinds of node, with their numbers (rule ROMFS-14). */
  public enum Kind {
    /** Another name for the node at {@link RomfsNode#target}. */
    HARD_LINK(0),
    /** A directory whose first node is at {@link RomfsNode#target}. */
    DIRECTORY(1),
    /** A regular file. */
    REGULAR(2),
    /** A symbolic link; its data is the path. */
    SYMBOLIC_LINK(3),
    /** A block device. */
    BLOCK_DEVICE(4),
    /** A character device. */
    CHARACTER_DEVICE(5),
    /** A socket. */
    SOCKET(6),
    /** A named pipe. */
    FIFO(7);

    private static final List<Kind> BY_NUMBER = List.of(values());

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /** Returns the number of the kind, 0 to 7. */
    public int number() {
      return number;
    }

    /** Returns the kind with the number in the low three bits of a word. */
    static Kind of(int word) {
      return BY_NUMBER.get(word & RomfsFormat.KIND);
    }
  }

  /** Returns the offset a hard link or directory refers to, a multiple of 16. */
  public long target() {
    return Integer.toUnsignedLong(spec & ~15);
  }

  /** Returns the major number of a device, 0 to 65535. */
  public int major() {
    return spec >>> 16;
  }

  /** Returns the minor number of a device, 0 to 65535. */
  public int minor() {
    return spec & 0xffff;
  }

  /** Returns the low nine mode bits (rule ROMFS-16). */
  public int permissions() {
    return switch (kind) {
      case DIRECTORY, REGULAR -> executable ? 0755 : 0644;
      case HARD_LINK, SOCKET, FIFO -> 0644;
      case SYMBOLIC_LINK -> 0777;
      case BLOCK_DEVICE, CHARACTER_DEVICE -> 0600;
    };
  }

  /** Returns the size of header and padded name in bytes. */
  public long metadataSize() {
    return dataOffset - offset;
  }

  /** Returns the end of its data, or of its name for a kind without data. */
  public long end() {
    return switch (kind) {
      case REGULAR, SYMBOLIC_LINK -> dataOffset + size;
      default -> dataOffset;
    };
  }

  /** Returns whether this is one of the names "." and "..", which every directory has. */
  public boolean isDotOrDotDot() {
    return name.equals(".") || name.equals("..");
  }
}
