package dev.nommu.cramfs;

import dev.nommu.api.DeviceNumber;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import java.util.Arrays;
import java.util.Optional;

/**
 * A node as stored in an image (rules CRAMFS-13 and CRAMFS-14).
 *
 * @param offset the offset of its directory entry; 0 for the root, which has none
 * @param mode kind and permissions, as {@code st_mode}
 * @param uid the owner, 0 to 65535
 * @param gid the group, 0 to 255
 * @param size bytes, 0 to 2^24 - 1; for a device its number
 * @param dataOffset the offset of its block table or directory, a multiple of 4; 0 for none
 * @param name the name, 0 to 252 bytes; empty for the root
 */
public record CramfsNode(
    long offset, int mode, int uid, int gid, int size, long dataOffset, String name) {
  /** The bits of a mode for the kind of file (S_IFMT). */
  static final int KIND_BITS = 0170000;

  CramfsNode(long offset, NodeHeader header, String name) {
    this(
        offset,
        header.mode(),
        header.uid(),
        header.gid(),
        header.size(),
        header.dataOffset(),
        name);
  }

  /** Returns the kind of file, or empty if its mode has an unknown kind. */
  public Optional<FileKind> kind() {
    return Arrays.stream(FileKind.values())
        .filter(kind -> kind.modeBits() == (mode & KIND_BITS))
        .findFirst();
  }

  /**
   * Returns the kind of file.
   *
   * @throws ErrnoException EIO if its mode has an unknown kind
   */
  public FileKind requireKind() throws ErrnoException {
    return kind()
        .orElseThrow(() ->
            CramfsFormat.malformed("mode of " + this, "a kind of file", "0%o".formatted(mode)));
  }

  /** Returns whether this is a directory. */
  public boolean isDirectory() {
    return (mode & KIND_BITS) == FileKind.DIRECTORY.modeBits();
  }

  /** Returns the low twelve mode bits. */
  public int permissions() {
    return mode & 07777;
  }

  /** Returns the number of a device, 8 bits each for major and minor. */
  public DeviceNumber device() {
    return new DeviceNumber((size >> 8) & 0xff, size & 0xff);
  }

  /** Returns whether it has bytes in the image: blocks or directory entries. */
  public boolean hasData() {
    return dataOffset != 0 && size != 0 && kind().map(CramfsNode::canHaveData).orElse(false);
  }

  /**
   * Returns the inode number: the offset of its data, so that files that share data are one file;
   * without data the offset of its entry plus 1 (rule CRAMFS-20).
   */
  public long number() {
    return hasData() ? dataOffset : offset + 1;
  }

  /** Returns the name and the offset of the entry. */
  @Override
  public String toString() {
    return offset == 0 ? "the root" : "\"%s\" at 0x%x".formatted(name, offset);
  }

  private static boolean canHaveData(FileKind kind) {
    return switch (kind) {
      case REGULAR, DIRECTORY, SYMBOLIC_LINK -> true;
      case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO, SOCKET -> false;
    };
  }
}
