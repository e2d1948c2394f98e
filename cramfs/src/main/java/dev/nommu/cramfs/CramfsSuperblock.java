package dev.nommu.cramfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.image.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The superblock of an image (rule CRAMFS-10).
 *
 * @param offset where it is: 0, or 512 behind boot code
 * @param byteOrder the order of the numbers in the image
 * @param size bytes from offset 0 to the end of the image; 2^28 if the image does not say
 * @param flags the bits of {@link CramfsFlag}, and any others
 * @param signature 16 bytes, {@link #SIGNATURE}
 * @param fsid what identifies the image; zero if the image does not say
 * @param name the name of the volume, at most 16 bytes
 * @param root the root directory as it stands there
 */
public record CramfsSuperblock(
    long offset,
    ByteOrder byteOrder,
    long size,
    int flags,
    String signature,
    Fsid fsid,
    String name,
    CramfsNode root) {
  /** The subject of a finding about the image as a whole. */
  static final String SUBJECT = "superblock";

  /** Bytes in a superblock. */
  public static final int BYTES = 76;

  /** The signature of every superblock. */
  public static final String SIGNATURE = "Compressed ROMFS";

  /** Bytes in the longest name of a volume. */
  static final int NAME_BYTES = 16;

  /** Where images have what. */
  static final String MAGIC_PLACES = "magic 0x%08x at 0x0 or 0x200".formatted(CramfsFormat.MAGIC);

  /** Where a root directory may be. */
  static final String ROOT_PLACES =
      "entries at 0x0, 0x4c or 0x24c, or the flag SHIFTED_ROOT_OFFSET";

  /** Where the size is, from the start of the superblock. */
  static final int SIZE_AT = 4;

  /** Where the flags are. */
  static final int FLAGS_AT = 8;

  /** Where the signature is. */
  static final int SIGNATURE_AT = 16;

  /** Where the checksum is. */
  static final int CRC_AT = 32;

  /** Where the edition is. */
  static final int EDITION_AT = 36;

  /** Where the number of blocks is. */
  static final int BLOCKS_AT = 40;

  /** Where the number of files is. */
  static final int FILES_AT = 44;

  /** Where the name of the volume is. */
  static final int NAME_AT = 48;

  /** Where the node of the root directory is. */
  static final int ROOT_AT = 64;

  /**
   * The identity of an image.
   *
   * @param crc CRC-32 of the image, the field itself taken as 0
   * @param edition a number chosen when it was made
   * @param blocks how many blocks its files have
   * @param files how many nodes it has, the root among them
   */
  public record Fsid(long crc, long edition, long blocks, long files) {}

  /**
   * Reads the superblock at 0 or at 512, in either byte order, and checks nothing but that there is
   * one (rule CRAMFS-11).
   *
   * @throws ErrnoException EINVAL if there is none, EIO if the source cannot be read
   */
  public static CramfsSuperblock read(ByteSource source) throws ErrnoException {
    Optional<CramfsSuperblock> found = find(source);
    if (found.isEmpty()) {
      throw CramfsFormat.notMountable("superblock", MAGIC_PLACES, firstWord(source));
    }
    return found.get();
  }

  /**
   * Looks for a superblock at 0 and at 512, in either byte order.
   *
   * @throws ErrnoException EIO if the source cannot be read
   */
  static Optional<CramfsSuperblock> find(ByteSource source) throws ErrnoException {
    Optional<CramfsSuperblock> first = readAt(source, 0);
    return first.isPresent() ? first : readAt(source, CramfsFormat.BOOT_CODE_SIZE);
  }

  /** Returns whether the flag is set. */
  public boolean has(CramfsFlag flag) {
    return (flags & flag.bit()) != 0;
  }

  /** Returns the offset of what follows the superblock. */
  public long end() {
    return offset + BYTES;
  }

  /** Returns whether the root directory is where it may be (rule CRAMFS-21). */
  public boolean rootOffsetIsKnown() {
    long at = root.dataOffset();
    return at == 0
        || has(CramfsFlag.SHIFTED_ROOT_OFFSET)
        || at == BYTES
        || at == CramfsFormat.BOOT_CODE_SIZE + BYTES;
  }

  /**
   * Makes the checks of rule CRAMFS-21 that come after magic and byte order, in their order.
   *
   * @throws ErrnoException EINVAL if flags are set that are not supported, the root is not a
   *     directory or is at an offset where it cannot be
   */
  public void requireSupported() throws ErrnoException {
    if (CramfsFlag.unsupported(flags) != 0) {
      throw CramfsFormat.notMountable(
          "flags at 0x%x".formatted(offset + FLAGS_AT),
          "bits of 0xfff only",
          "0x%x".formatted(flags));
    }
    if (!root.isDirectory()) {
      throw CramfsFormat.notMountable(
          "root at 0x%x".formatted(rootAt()), "a directory", "mode 0%o".formatted(root.mode()));
    }
    if (!rootOffsetIsKnown()) {
      throw CramfsFormat.notMountable(
          "root at 0x%x".formatted(rootAt()), ROOT_PLACES, "0x%x".formatted(root.dataOffset()));
    }
  }

  /** Returns where the node of the root directory is. */
  long rootAt() {
    return offset + ROOT_AT;
  }

  /** Returns the 76 bytes of the superblock. */
  ByteBuffer encode() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(byteOrder);
    bytes.putInt(CramfsFormat.MAGIC).putInt((int) size).putInt(flags).putInt(0);
    bytes.put(field(signature)).putInt((int) fsid.crc()).putInt((int) fsid.edition());
    bytes.putInt((int) fsid.blocks()).putInt((int) fsid.files()).put(field(name));
    new NodeHeader(root.mode(), root.uid(), root.gid(), root.size(), 0, root.dataOffset())
        .encode(bytes);
    return bytes.flip();
  }

  private static byte[] field(String text) {
    return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), NAME_BYTES);
  }

  private static Optional<CramfsSuperblock> readAt(ByteSource source, long offset)
      throws ErrnoException {
    ImageReader reader = new ImageReader(source, ByteOrder.LITTLE_ENDIAN);
    if (!reader.contains(offset, BYTES)) {
      return Optional.empty();
    }
    ByteBuffer bytes = reader.bytes(offset, BYTES, "superblock");
    return switch (bytes.getInt(0)) {
      case CramfsFormat.MAGIC -> Optional.of(decode(bytes, offset));
      case CramfsFormat.SWAPPED_MAGIC ->
          Optional.of(decode(bytes.order(ByteOrder.BIG_ENDIAN), offset));
      default -> Optional.empty();
    };
  }

  private static CramfsSuperblock decode(ByteBuffer bytes, long offset) {
    int flags = bytes.getInt(FLAGS_AT);
    boolean second = (flags & CramfsFlag.FSID_VERSION_2.bit()) != 0;
    return new CramfsSuperblock(
        offset,
        bytes.order(),
        second ? Integer.toUnsignedLong(bytes.getInt(SIZE_AT)) : CramfsFormat.OLD_SIZE,
        flags,
        text(bytes, SIGNATURE_AT),
        second ? fsid(bytes) : new Fsid(0, 0, 0, 0),
        text(bytes, NAME_AT),
        new CramfsNode(0, NodeHeader.decode(bytes, ROOT_AT), ""));
  }

  private static Fsid fsid(ByteBuffer bytes) {
    return new Fsid(
        Integer.toUnsignedLong(bytes.getInt(CRC_AT)),
        Integer.toUnsignedLong(bytes.getInt(EDITION_AT)),
        Integer.toUnsignedLong(bytes.getInt(BLOCKS_AT)),
        Integer.toUnsignedLong(bytes.getInt(FILES_AT)));
  }

  private static String text(ByteBuffer bytes, int at) {
    return FileNames.shown(
        FileNames.decode(CramfsFormat.withoutPadding(bytes.slice(at, NAME_BYTES))));
  }

  /** Says what is there instead of a superblock. */
  static String firstWord(ByteSource source) throws ErrnoException {
    ImageReader reader = new ImageReader(source, ByteOrder.LITTLE_ENDIAN);
    if (!reader.contains(0, BYTES)) {
      return source.size() + " bytes in all";
    }
    return "0x%08x at 0x0".formatted(reader.bytes(0, 4, "superblock").getInt(0));
  }
}
