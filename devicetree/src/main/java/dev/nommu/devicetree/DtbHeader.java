package dev.nommu.devicetree;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * The header of a flattened device tree, {@code struct fdt_header} (Devicetree Specification v0.4,
 * 5.2). Once read, the blocks lie inside the blob; offsets are bytes from its start.
 *
 * @param totalSize bytes of the blob
 * @param structure where the structure block starts, a multiple of 4
 * @param structureEnd where it ends
 * @param strings where the strings block starts
 * @param stringsEnd where it ends
 * @param reservations where the memory reservation block starts, a multiple of 8
 * @param bootCpuId unsigned 32 bits
 */
record DtbHeader(
    int totalSize,
    int structure,
    int structureEnd,
    int strings,
    int stringsEnd,
    int reservations,
    long bootCpuId) {
  static final int MAGIC = 0xd00dfeed;
  static final int SIZE = 40;
  static final int VERSION = 17;
  static final int LAST_COMPATIBLE_VERSION = 16;

  /** The offsets of the fields of 4 bytes each. */
  private enum Field {
    MAGIC(0),
    TOTALSIZE(4),
    OFF_DT_STRUCT(8),
    OFF_DT_STRINGS(12),
    OFF_MEM_RSVMAP(16),
    VERSION(20),
    LAST_COMP_VERSION(24),
    BOOT_CPUID_PHYS(28),
    SIZE_DT_STRINGS(32),
    SIZE_DT_STRUCT(36);

    private final int offset;

    Field(int offset) {
      this.offset = offset;
    }
  }

  static DtbHeader read(byte[] blob, String source) throws DeviceTreeException {
    return new Unchecked(ByteBuffer.wrap(blob), source).check();
  }

  /** A header as stored in a blob. */
  private record Unchecked(ByteBuffer blob, String source) {
    DtbHeader check() throws DeviceTreeException {
      long magic = Integer.toUnsignedLong(DtbHeader.MAGIC);
      between(Field.MAGIC, magic, magic);
      long total = between(Field.TOTALSIZE, SIZE, blob.limit());
      between(Field.VERSION, VERSION, 0xffffffffL);
      between(Field.LAST_COMP_VERSION, 0, VERSION);
      long structure = aligned(Field.OFF_DT_STRUCT, 4, total);
      long strings = between(Field.OFF_DT_STRINGS, SIZE, total);
      return new DtbHeader(
          (int) total,
          (int) structure,
          (int) (structure + between(Field.SIZE_DT_STRUCT, 0, total - structure)),
          (int) strings,
          (int) (strings + between(Field.SIZE_DT_STRINGS, 0, total - strings)),
          (int) aligned(Field.OFF_MEM_RSVMAP, 8, total),
          value(Field.BOOT_CPUID_PHYS));
    }

    private long between(Field field, long least, long most) throws DeviceTreeException {
      long value = value(field);
      if (value < least || value > most) {
        String expected =
            least == most ? "0x%x".formatted(least) : "0x%x to 0x%x".formatted(least, most);
        throw error(field, expected, "0x%x".formatted(value));
      }
      return value;
    }

    private long aligned(Field field, int alignment, long total) throws DeviceTreeException {
      long value = between(field, SIZE, total);
      if (value % alignment != 0) {
        throw error(field, "a multiple of " + alignment, "0x%x".formatted(value));
      }
      return value;
    }

    private long value(Field field) throws DeviceTreeException {
      if (field.offset + Integer.BYTES > blob.limit()) {
        throw error(field, "a header of %d bytes".formatted(SIZE), blob.limit() + " bytes");
      }
      return Integer.toUnsignedLong(blob.getInt(field.offset));
    }

    private DeviceTreeException error(Field field, String expected, String found) {
      return new DeviceTreeException(
          new Location.Offset(source, field.offset),
          "header: " + field.name().toLowerCase(Locale.ROOT),
          expected,
          found);
    }
  }
}
