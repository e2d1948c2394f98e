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
 * @param offset its offset: 0, or 512 after boot code
 * @param byteOrder the order of the numbers in the image
 * @param size bytes from offset 0 to the end of the image; 2^28 if the image does not store it
 * @param flags the bits of {@link CramfsFlag}, and any others
 * @param signature 16 bytes, {@link #SIGNATURE}
 * @param fsid the identity of the image; zero if the image has none
 * @param name the name of the volume, at most 16 bytes
 * @param root the root directory as stored there
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

  /** The longest name of a volume in bytes. */
  static final int NAME_BYTES = 16;

  /** The magic number and its possible offsets. */
  static final String MAGIC_PLACES = "magic 0x%08x at 0x0 or 0x200".formatted(CramfsFormat.MAGIC);

  /** The valid offsets of the root directory. */
  static final String ROOT_PLACES =
      "entries at 0x0, 0x4c or 0x24c, or the flag SHIFTED_ROOT_OFFSET";

  /** The offset of the size from the start of the superblock. */
  static final int SIZE_AT = 4;

  /** The offset of the flags. */
  static final int FLAGS_AT = 8;

  /** The offset of the signature. */
  static final int SIGNATURE_AT = 16;

  /** The offset of the checksum. */
  static final int CRC_AT = 32;

  /** The offset of the edition. */
  static final int EDITION_AT = 36;

  /** The offset of the number of blocks. */
  static final int BLOCKS_AT = 40;

  /** The offset of the number of files. */
  static final int FILES_AT = 44;

  /** The offset of the name of the volume. */
  static final int NAME_AT = 48;

  /** The offset of the node of the root directory. */
  static final int ROOT_AT = 64;

  /**
   * The identity of an image.
   *
   * @param crc CRC-32 of the image, with this field taken as 0
   * @param edition a number chosen when the image was made
   * @param blocks the number of blocks of its files
   * @param files the number of its nodes, including the root
   */
  public record Fsid(long crc, long edition, long blocks, long files) {}

  /**
   * Reads the superblock at 0 or at 512, in either byte order, and checks only that it exists (rule
   * CRAMFS-11).
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

  /** Returns the offset of the end of the superblock. */
  public long end() {
    return offset + BYTES;
  }

  /** Returns whether the offset of the root directory is valid (rule CRAMFS-21). */
  public boolean rootOffsetIsKnown() {
    long at = root.dataOffset();
    return at == 0
        || has(CramfsFlag.SHIFTED_ROOT_OFFSET)
        || at == BYTES
        || at == CramfsFormat.BOOT_CODE_SIZE + BYTES;
  }

  /**
   * Performs the checks of rule CRAMFS-21 that follow those of magic and byte order, in order.
   *
   * @throws ErrnoException EINVAL if unsupported flags are set, or the root is not a directory or
   *     at an invalid offset
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

  /** Returns the offset of the node of the root directory. */
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

  /** Describes the bytes found instead of a superblock. */
  static String firstWord(ByteSource source) throws ErrnoException {
    ImageReader reader = new ImageReader(source, ByteOrder.LITTLE_ENDIAN);
    if (!reader.contains(0, BYTES)) {
      return source.size() + " bytes in all";
    }
    return "0x%08x at 0x0".formatted(reader.bytes(0, 4, "superblock").getInt(0));
  }
}
