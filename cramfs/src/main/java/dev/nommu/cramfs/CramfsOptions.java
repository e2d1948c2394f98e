package dev.nommu.cramfs;

import java.nio.ByteOrder;
import java.nio.file.PathMatcher;

/**
 * The options for writing an image.
 *
 * @param byteOrder the byte order of the machine the image is for
 * @param blockSize bytes in a block, the page size of that machine: a power of two from 4096 to
 *     65536
 * @param volume the name of the volume, at most 16 bytes
 * @param edition a number that identifies the image, 0 to 2^32 - 1
 * @param zeroBlocks how blocks of zeros are stored
 * @param owners the owners of the files
 * @param front the space before the volume
 * @param inPlace matches the regular files to store page-aligned and uncompressed, so that they can
 *     be mapped in place; it receives paths relative to the directory. If any match, the image has
 *     the flag {@link CramfsFlag#EXT_BLOCK_POINTERS}, which Linux supports since 4.15 and
 *     util-linux's fsck.cramfs refuses. Linux 6.12 maps the last page of such a file correctly but
 *     reads it as zeros if the file is a whole number of pages long (rule CRAMFS-19).
 */
public record CramfsOptions(
    ByteOrder byteOrder,
    int blockSize,
    String volume,
    long edition,
    ZeroBlocks zeroBlocks,
    Owners owners,
    Front front,
    PathMatcher inPlace) {

  /** The longest name of a volume in bytes. */
  public static final int LONGEST_VOLUME = CramfsSuperblock.NAME_BYTES;

  /**
   * Little-endian, blocks of 4096 bytes, no name, edition 0, no holes, all files owned by root,
   * nothing before the volume, no files in place.
   */
  public static final CramfsOptions DEFAULT =
      new CramfsOptions(
          ByteOrder.LITTLE_ENDIAN,
          CramfsFormat.DEFAULT_BLOCK_SIZE,
          "",
          0,
          ZeroBlocks.COMPRESSED,
          Owners.ROOT,
          Front.NOTHING,
          path -> false);

  /** How blocks of zeros are stored. */
  public enum ZeroBlocks {
    /**
     * They are omitted. If there are any, the image has the flag {@link CramfsFlag#HOLES}, which
     * Linux supports and util-linux's fsck.cramfs refuses.
     */
    HOLES,
    /** They are compressed like others. */
    COMPRESSED
  }

  /** The owners of the files. */
  public enum Owners {
    /** User 0 and group 0. */
    ROOT,
    /** Their owners in the directory; user 0 and group 0 if the host has none. */
    KEPT
  }

  /** The space before the volume. */
  public enum Front {
    /** Nothing. */
    NOTHING(0),
    /** 512 bytes of zeros, to be replaced by boot code. */
    BOOT_CODE(CramfsFormat.BOOT_CODE_SIZE);

    private final long bytes;

    Front(long bytes) {
      this.bytes = bytes;
    }

    /** Returns the size in bytes. */
    long bytes() {
      return bytes;
    }
  }

  /** Returns these options with another byte order. */
  public CramfsOptions withByteOrder(ByteOrder byteOrder) {
    return new CramfsOptions(
        byteOrder, blockSize, volume, edition, zeroBlocks, owners, front, inPlace);
  }

  /** Returns these options with another block size. */
  public CramfsOptions withBlockSize(int blockSize) {
    return new CramfsOptions(
        byteOrder, blockSize, volume, edition, zeroBlocks, owners, front, inPlace);
  }

  /** Returns these options with another name of the volume. */
  public CramfsOptions withVolume(String volume) {
    return new CramfsOptions(
        byteOrder, blockSize, volume, edition, zeroBlocks, owners, front, inPlace);
  }

  /** Returns these options with another edition. */
  public CramfsOptions withEdition(long edition) {
    return new CramfsOptions(
        byteOrder, blockSize, volume, edition, zeroBlocks, owners, front, inPlace);
  }

  /** Returns these options with another way to store blocks of zeros. */
  public CramfsOptions withZeroBlocks(ZeroBlocks zeroBlocks) {
    return new CramfsOptions(
        byteOrder, blockSize, volume, edition, zeroBlocks, owners, front, inPlace);
  }

  /** Returns these options with other owners. */
  public CramfsOptions withOwners(Owners owners) {
    return new CramfsOptions(
        byteOrder, blockSize, volume, edition, zeroBlocks, owners, front, inPlace);
  }

  /** Returns these options with another space before the volume. */
  public CramfsOptions withFront(Front front) {
    return new CramfsOptions(
        byteOrder, blockSize, volume, edition, zeroBlocks, owners, front, inPlace);
  }

  /** Returns these options with another choice of files to map in place. */
  public CramfsOptions withInPlace(PathMatcher inPlace) {
    return new CramfsOptions(
        byteOrder, blockSize, volume, edition, zeroBlocks, owners, front, inPlace);
  }
}
