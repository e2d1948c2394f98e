package dev.nommu.cli.image;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.cramfs.CramfsChecker;
import dev.nommu.cramfs.CramfsImage;
import dev.nommu.image.Finding;
import dev.nommu.romfs.RomfsChecker;
import dev.nommu.romfs.RomfsImage;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The formats of images, distinguished by the first bytes. */
enum ImageFormat {
  /** romfs: its magic at 0 (rule ROMFS-10). */
  ROMFS {
    @Override
    boolean begins(ImageBytes bytes) throws ErrnoException {
      return RomfsImage.begins(bytes);
    }

    @Override
    public Volume open(ImageBytes bytes, OptionalInt blockSize) throws ErrnoException {
      return RomfsVolume.open(bytes);
    }

    @Override
    public List<String> check(ImageBytes bytes, OptionalInt blockSize) throws ErrnoException {
      return RomfsChecker.check(bytes).stream().map(Finding::toString).toList();
    }
  },

  /** cramfs: its magic at 0 or 512, in either byte order (rules CRAMFS-10 and CRAMFS-11). */
  CRAMFS {
    @Override
    boolean begins(ImageBytes bytes) throws ErrnoException {
      return CramfsImage.begins(bytes);
    }

    @Override
    public Volume open(ImageBytes bytes, OptionalInt blockSize) throws ErrnoException {
      return CramfsVolume.open(bytes, known(bytes, blockSize));
    }

    @Override
    public List<String> check(ImageBytes bytes, OptionalInt blockSize) throws ErrnoException {
      return CramfsChecker.check(bytes, known(bytes, blockSize)).stream()
          .map(Finding::toString)
          .toList();
    }
  };

  /** How many bytes of an unknown format are shown. */
  private static final int SHOWN = 8;

  /**
   * Returns the format of an image.
   *
   * @throws ErrnoException EINVAL if it is of none of them, EIO if it cannot be read
   */
  public static ImageFormat of(ImageBytes bytes) throws ErrnoException {
    for (ImageFormat format : values()) {
      if (format.begins(bytes)) {
        return format;
      }
    }
    throw new ErrnoException(
        Errno.EINVAL,
        "expected an image of romfs (%s) or cramfs (%s), found %s"
            .formatted(RomfsImage.SIGNATURE, CramfsImage.SIGNATURE, beginning(bytes)));
  }

  /** Returns its usual name. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether the start of an image is of this format. */
  abstract boolean begins(ImageBytes bytes) throws ErrnoException;

  /**
   * Opens an image of this format. Closing the volume closes the bytes.
   *
   * @param blockSize bytes in a block of a cramfs, which the image does not record; empty to find
   *     it
   * @throws ErrnoException EINVAL if it could not be mounted, either, EIO if it cannot be read
   */
  public abstract Volume open(ImageBytes bytes, OptionalInt blockSize) throws ErrnoException;

  /**
   * Returns the errors in an image of this format, a line each with the position, what was expected
   * and what was found; empty if there are none.
   *
   * @param blockSize as above
   * @throws ErrnoException EIO if it cannot be read, EINVAL for an invalid block size
   */
  public abstract List<String> check(ImageBytes bytes, OptionalInt blockSize) throws ErrnoException;

  private static int known(ImageBytes bytes, OptionalInt blockSize) throws ErrnoException {
    return blockSize.isPresent() ? blockSize.getAsInt() : CramfsImage.blockSizeOf(bytes);
  }

  private static String beginning(ImageBytes bytes) throws ErrnoException {
    if (bytes.size() < SHOWN) {
      return bytes.size() + " bytes in all";
    }
    byte[] head = new byte[SHOWN];
    bytes.read(MemorySegment.ofArray(head), 0);
    return "bytes " + HexFormat.ofDelimiter(" ").formatHex(head);
  }
}
