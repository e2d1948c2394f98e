package dev.nommu.binfmt.flat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The header of a flat file (rule EXEC-02): 64 bytes, big-endian. All numbers are unsigned; offsets
 * are relative to the start of the file.
 *
 * @param revision the version of the format
 * @param entry the offset of the first instruction
 * @param dataStart the offset where text ends and data begins
 * @param dataEnd the offset where data ends and bss begins
 * @param bssEnd the offset where bss would end
 * @param stackSize the stack size in bytes
 * @param relocationStart the offset of the relocations
 * @param relocationCount the number of relocations
 * @param flags RAM, GOTPIC, GZIP, GZDATA, KTRACE
 */
record FlatHeader(
    long revision,
    long entry,
    long dataStart,
    long dataEnd,
    long bssEnd,
    long stackSize,
    long relocationStart,
    long relocationCount,
    int flags) {
  static final int SIZE = 64;
  static final int REVISION = 4;
  static final int RELOCATION_SIZE = 4;

  /** The whole file is loaded into RAM. */
  static final int RAM = 1;

  /** Data begins with a table of addresses that ends in -1. */
  static final int GOTPIC = 2;

  /** Everything except the header is compressed. */
  static final int GZIP = 4;

  /** Data and relocations are compressed. */
  static final int GZDATA = 8;

  private static final int MAGIC = 0x62464c54;
  private static final int LARGEST_BITS = 28;
  private static final ValueLayout.OfInt FIELD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  static boolean isFlat(MemorySegment head) {
    return head.get(FIELD, 0) == MAGIC;
  }

  static FlatHeader read(MemorySegment head) {
    return new FlatHeader(
        field(head, 1),
        field(head, 2),
        field(head, 3),
        field(head, 4),
        field(head, 5),
        field(head, 6),
        field(head, 7),
        field(head, 8),
        (int) field(head, 9));
  }

  private static long field(MemorySegment head, int index) {
    return head.get(FIELD, (long) index * Integer.BYTES) & 0xffff_ffffL;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Returns whether text and data lie in one block of RAM (rule EXEC-04). */
  boolean isLoadedToRam() {
    return has(RAM) || has(GZIP);
  }

  long textLength() {
    return dataStart;
  }

  long dataLength() {
    return dataEnd - dataStart;
  }

  long bssLength() {
    return bssEnd - dataEnd;
  }

  long relocationLength() {
    return relocationCount * RELOCATION_SIZE;
  }

  /** Returns what is wrong with the sizes, or empty (rule EXEC-03). */
  Optional<String> fault() {
    if (revision != REVISION) {
      return Optional.of("expected revision %d, found %d".formatted(REVISION, revision));
    }
    if (dataStart < SIZE) {
      return Optional.of("expected text of %d bytes or more, found %d".formatted(SIZE, dataStart));
    }
    long sizes =
        textLength()
            | dataLength()
            | bssLength()
            | stackSize
            | relocationCount
            | (dataLength() + relocationLength());
    return sizes >>> LARGEST_BITS == 0
        ? Optional.empty()
        : Optional.of(
            "expected sizes of 0 to 2^28 - 1, found text %d, data %d, bss %d, stack %d, %d relocations"
                .formatted(textLength(), dataLength(), bssLength(), stackSize, relocationCount));
  }
}
