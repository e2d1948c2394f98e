package dev.nommu.cli.image;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.cramfs.CramfsChecker;
import dev.nommu.image.Finding;
import dev.nommu.romfs.RomfsChecker;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The formats of images, which are told apart by how an image begins. */
public enum ImageFormat {
  /** romfs: {@code -rom1fs-} at 0 (rule ROMFS-10). */
  ROMFS {
    @Override
    boolean begins(ImageBytes bytes) throws ErrnoException {
      return hasLongAt(bytes, 0, ROMFS_MAGIC);
    }

    @Override
    public Volume open(ImageBytes bytes, int blockSize) throws ErrnoException {
      return RomfsVolume.open(bytes);
    }

    @Override
    public List<String> check(ImageBytes bytes, int blockSize) throws ErrnoException {
      return RomfsChecker.check(bytes).stream().map(Finding::toString).toList();
    }
  },

  /** cramfs: its magic at 0 or 512, in either byte order (rules CRAMFS-10 and CRAMFS-11). */
  CRAMFS {
    @Override
    boolean begins(ImageBytes bytes) throws ErrnoException {
      return hasMagicAt(bytes, 0) || hasMagicAt(bytes, BOOT_CODE);
    }

    @Override
    public Volume open(ImageBytes bytes, int blockSize) throws ErrnoException {
      return CramfsVolume.open(bytes, blockSize);
    }

    @Override
    public List<String> check(ImageBytes bytes, int blockSize) throws ErrnoException {
      return CramfsChecker.check(bytes, blockSize).stream().map(Finding::toString).toList();
    }
  };

  private static final long ROMFS_MAGIC = 0x2d72_6f6d_3166_732dL;
  private static final int CRAMFS_MAGIC = 0x28cd_3d45;
  private static final long BOOT_CODE = 512;

  /**
   * Returns the format of an image.
   *
   * @throws ErrnoException EINVAL if it begins as none of them does, EIO if it cannot be read
   */
  public static ImageFormat of(ImageBytes bytes) throws ErrnoException {
    for (ImageFormat format : values()) {
      if (format.begins(bytes)) {
        return format;
      }
    }
    throw new ErrnoException(
        Errno.EINVAL,
        "expected an image of romfs (\"-rom1fs-\" at 0x0) or cramfs (0x28cd3d45 at 0x0 or 0x200),"
            + " found "
            + beginning(bytes));
  }

  /** Returns the name that people have for it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether an image begins as those of this format do. */
  abstract boolean begins(ImageBytes bytes) throws ErrnoException;

  /**
   * Opens an image of this format. Closing the volume closes the bytes.
   *
   * @param blockSize bytes in a block of a cramfs, which the image does not tell
   * @throws ErrnoException EINVAL if it cannot be mounted either, EIO if it cannot be read
   */
  public abstract Volume open(ImageBytes bytes, int blockSize) throws ErrnoException;

  /**
   * Returns what is wrong with an image of this format, a line each with where it is, what was
   * expected and what was found; empty if nothing is.
   *
   * @param blockSize as above
   * @throws ErrnoException EIO if it cannot be read, EINVAL if there is no such size of blocks
   */
  public abstract List<String> check(ImageBytes bytes, int blockSize) throws ErrnoException;

  private static boolean hasLongAt(ImageBytes bytes, long at, long magic) throws ErrnoException {
    return bytes.size() >= at + Long.BYTES && head(bytes, at, Long.BYTES).getLong(0) == magic;
  }

  private static boolean hasMagicAt(ImageBytes bytes, long at) throws ErrnoException {
    if (bytes.size() < at + Integer.BYTES) {
      return false;
    }
    int word = head(bytes, at, Integer.BYTES).getInt(0);
    return word == CRAMFS_MAGIC || word == Integer.reverseBytes(CRAMFS_MAGIC);
  }

  private static ByteBuffer head(ImageBytes bytes, long at, int length) throws ErrnoException {
    byte[] head = new byte[length];
    bytes.read(MemorySegment.ofArray(head), at);
    return ByteBuffer.wrap(head);
  }

  private static String beginning(ImageBytes bytes) throws ErrnoException {
    if (bytes.size() < Long.BYTES) {
      return bytes.size() + " bytes in all";
    }
    byte[] head = head(bytes, 0, Long.BYTES).array();
    return "bytes " + HexFormat.ofDelimiter(" ").formatHex(head);
  }
}
