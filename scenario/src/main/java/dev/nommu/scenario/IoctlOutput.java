package dev.nommu.scenario;

import static dev.nommu.scenario.Field.decimal;
import static dev.nommu.scenario.Field.hexadecimal;
import static dev.nommu.scenario.Field.quoted;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The ioctls that fill in memory their argument points at, and how transcripts show it: a number as
 * the result of the call, a structure by its main fields. The layouts are those of {@code
 * linux/fs.h}, {@code mtd/mtd-abi.h} and {@code linux/fb.h} where long is 64 bits.
 */
public enum IoctlOutput {
  /** Whether a block device is read-only. */
  BLKROGET(4, memory -> number(memory.getInt(0))),
  /** The size of a block device in sectors of 512 bytes. */
  BLKGETSIZE(8, memory -> number(memory.getLong(0))),
  /** The size of a block device in bytes. */
  BLKGETSIZE64(8, memory -> number(memory.getLong(0))),
  /** How many sectors are read ahead. */
  BLKRAGET(8, memory -> number(memory.getLong(0))),
  /** The size of a logical sector in bytes. */
  BLKSSZGET(4, memory -> number(memory.getInt(0))),
  /** The size of a block in bytes. */
  BLKBSZGET(4, memory -> number(memory.getInt(0))),
  /** The size of a physical sector in bytes. */
  BLKPBSZGET(4, memory -> number(unsigned(memory, 0))),
  /** The smallest transfer that is good, in bytes. */
  BLKIOMIN(4, memory -> number(unsigned(memory, 0))),
  /** The best transfer, in bytes. */
  BLKIOOPT(4, memory -> number(unsigned(memory, 0))),
  /** The size of a block of the file system in bytes. */
  FIGETBSZ(4, memory -> number(memory.getInt(0))),
  /** What an MTD device is: {@code struct mtd_info_user}. */
  MEMGETINFO(
      32,
      memory ->
          structure(
              decimal("type", memory.get(0) & 0xff),
              hexadecimal("flags", unsigned(memory, 4)),
              decimal("size", unsigned(memory, 8)),
              decimal("erasesize", unsigned(memory, 12)),
              decimal("writesize", unsigned(memory, 16)))),
  /** How many regions with erase sizes of their own an MTD device has. */
  MEMGETREGIONCOUNT(4, memory -> number(memory.getInt(0))),
  /** One of these regions: {@code struct region_info_user}. */
  MEMGETREGIONINFO(
      16,
      memory ->
          structure(
              hexadecimal("offset", unsigned(memory, 0)),
              decimal("erasesize", unsigned(memory, 4)),
              decimal("numblocks", unsigned(memory, 8)),
              decimal("regionindex", unsigned(memory, 12)))),
  /** What error correction has seen: {@code struct mtd_ecc_stats}. */
  ECCGETSTATS(
      16,
      memory ->
          structure(
              decimal("corrected", unsigned(memory, 0)),
              decimal("failed", unsigned(memory, 4)),
              decimal("badblocks", unsigned(memory, 8)),
              decimal("bbtblocks", unsigned(memory, 12)))),
  /** The mode of a frame buffer: {@code struct fb_var_screeninfo}. */
  FBIOGET_VSCREENINFO(
      160,
      memory ->
          structure(
              decimal("xres", unsigned(memory, 0)),
              decimal("yres", unsigned(memory, 4)),
              decimal("xres_virtual", unsigned(memory, 8)),
              decimal("yres_virtual", unsigned(memory, 12)),
              decimal("bits_per_pixel", unsigned(memory, 24)))),
  /** What a frame buffer is: {@code struct fb_fix_screeninfo}. */
  FBIOGET_FSCREENINFO(
      80,
      memory ->
          structure(
              quoted("id", untilZero(memory, 16)),
              decimal("smem_len", unsigned(memory, 24)),
              decimal("line_length", unsigned(memory, 48))));

  private final int size;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Function<ByteBuffer, Answer> reader;

  IoctlOutput(int size, Function<ByteBuffer, Answer> reader) {
    this.size = size;
    this.reader = reader;
  }

  /**
   * Returns what a request fills in, or empty if it fills in nothing that is shown.
   *
   * @param request the number of the request, of which the low 32 bits count
   */
  public static Optional<IoctlOutput> of(long request) {
    return Arrays.stream(values()).filter(output -> output.request() == (int) request).findFirst();
  }

  private int request() {
    return Constants.value(name()).orElseThrow().intValue();
  }

  /** Returns the size of the memory that the argument points at, in bytes. */
  public int size() {
    return size;
  }

  /**
   * Returns the answer of a call that succeeded.
   *
   * @param memory what the argument pointed at when the call had returned, {@link #size()} bytes,
   *     little-endian
   */
  public Answer answer(byte[] memory) {
    return reader.apply(ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN));
  }

  private static Answer number(long value) {
    return new Answer.Returned(value);
  }

  private static Answer structure(Field... fields) {
    return new Answer.Structure(List.of(fields));
  }

  private static long unsigned(ByteBuffer memory, int offset) {
    return memory.getInt(offset) & 0xffff_ffffL;
  }

  private static byte[] untilZero(ByteBuffer memory, int most) {
    int length = 0;
    while (length < most && memory.get(length) != 0) {
      length++;
    }
    byte[] text = new byte[length];
    memory.get(0, text);
    return text;
  }
}
