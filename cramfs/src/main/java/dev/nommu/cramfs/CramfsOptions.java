package dev.nommu.cramfs;

import java.nio.ByteOrder;
import java.nio.file.PathMatcher;

/**
 * How an image is written.
 *
 * @param byteOrder the byte order of the machine the image is for
 * @param blockSize bytes in a block, the page size of that machine: a power of two from 4096 to
 *     65536
 * @param volume the name of the volume, at most 16 bytes
 * @param edition a number that identifies the image, 0 to 2^32 - 1
 * @param zeroBlocks how blocks of zeros are stored
 * @param owners the owners of the files
 * @param front what is left in front of the volume
 * @param inPlace which regular files are stored page-aligned and uncompressed, so that they can be
 *     mapped in place; asked for paths relative to the directory that is written. If there are any,
 *     the image has the flag {@link CramfsFlag#EXT_BLOCK_POINTERS}, which Linux knows since 4.15
 *     and fsck.cramfs of util-linux refuses. Linux 6.12 maps the last page of such a file right but
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

  /** Bytes in the longest name of a volume. */
  public static final int LONGEST_VOLUME = CramfsSuperblock.NAME_BYTES;

  /**
   * Little-endian, blocks of 4096 bytes, no name, edition 0, no holes, all files root's, nothing in
   * front, none in place.
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
     * They are left out. If there are any, the image has the flag {@link CramfsFlag#HOLES}, which
     * Linux knows and fsck.cramfs of util-linux refuses.
     */
    HOLES,
    /** They are compressed like others. */
    COMPRESSED
  }

  /** Whom the files belong to. */
  public enum Owners {
    /** User 0 and group 0. */
    ROOT,
    /** Whom they belong to in the directory that is written; user 0 and group 0 if it has none. */
    KEPT
  }

  /** The room left in front of the volume. */
  public enum Front {
    /** Nothing. */
    NOTHING(0),
    /** 512 bytes of zeros, in whose place boot code can be put. */
    BOOT_CODE(CramfsFormat.BOOT_CODE_SIZE);

    private final long bytes;

    Front(long bytes) {
      this.bytes = bytes;
    }

    /** Returns how many bytes there are. */
    long bytes() {
      return bytes;
    }
  }

  /** Returns these options with another byte order. */
  public CramfsOptions withByteOrder(ByteOrder byteOrder) {
    return new CramfsOptions(
        byteOrder, blockSize, volume, edition, zeroBlocks, owners, front, inPlace);
  }

  /** Returns these options with another size of blocks. */
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

  /** Returns these options with something else in front of the volume. */
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
