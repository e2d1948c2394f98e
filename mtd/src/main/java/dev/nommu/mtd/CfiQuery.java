package dev.nommu.mtd;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.ArrayList;
import java.util.List;

/**
 * A chip's answer to a CFI query, as {@code struct cfi_ident} (rule FLASH-03).
 *
 * @param commandSet the number of the primary command set
 * @param chipSize bytes in a chip
 * @param bufferSize bytes in the write buffer of a chip
 * @param program the time to program a write buffer
 * @param erase the time to erase a block
 * @param regions the erase regions of a chip
 * @param features two bytes of the command set's table: Intel's optional features; AMD's second
 *     byte gives the kind of erase suspend
 */
record CfiQuery(
    int commandSet,
    long chipSize,
    int bufferSize,
    Duration program,
    Duration erase,
    List<EraseRegion> regions,
    int features) {
  private static final int SIGNATURE = 0x10;
  private static final int COMMAND_SET = 0x13;
  private static final int EXTENDED_TABLE = 0x15;
  private static final int BUFFER_TYPICAL = 0x20;
  private static final int ERASE_TYPICAL = 0x21;
  private static final int BUFFER_LONGEST = 0x24;
  private static final int ERASE_LONGEST = 0x25;
  private static final int CHIP_SIZE = 0x27;
  private static final int BUFFER_SIZE = 0x2a;
  private static final int REGIONS = 0x2c;
  private static final int FEATURES = 5;
  private static final int REGION_SIZE_UNIT = 256;
  private static final long NANOS_PER_MICRO = 1000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Takes an immutable copy. */
  CfiQuery {
    regions = List.copyOf(regions);
  }

  /**
   * The time an operation takes.
   *
   * @param typical nanoseconds
   * @param longest nanoseconds
   */
  record Duration(long typical, long longest) {}

  /** Returns whether chips on a bus are in query mode: each shows "QRY" at 0x10. */
  static boolean isAnswered(CfiBus bus) {
    return bus.read(SIGNATURE) == bus.forAll('Q')
        && bus.read(SIGNATURE + 1) == bus.forAll('R')
        && bus.read(SIGNATURE + 2) == bus.forAll('Y');
  }

  /**
   * Reads the answer of the first chip on a bus; all are alike.
   *
   * @throws ErrnoException EINVAL if the regions do not add up to the size of the chip
   */
  static CfiQuery read(CfiBus bus) throws ErrnoException {
    Table table = new Table(bus);
    CfiQuery query =
        new CfiQuery(
            table.word(COMMAND_SET),
            1L << table.at(CHIP_SIZE),
            1 << table.word(BUFFER_SIZE),
            table.duration(BUFFER_TYPICAL, BUFFER_LONGEST, NANOS_PER_MICRO),
            table.duration(ERASE_TYPICAL, ERASE_LONGEST, NANOS_PER_MILLI),
            table.regions(),
            table.word(table.word(EXTENDED_TABLE) + FEATURES));
    long covered = query.regions.stream().mapToLong(r -> r.blockSize() * r.blocks()).sum();
    if (covered != query.chipSize) {
      throw new ErrnoException(
          Errno.EINVAL,
          "CFI query: expected regions of 0x%x bytes, found 0x%x"
              .formatted(query.chipSize, covered));
    }
    return query;
  }

  /** Returns the erase regions of this many chips side by side. */
  EraseBlocks interleaved(int chips) {
    return new EraseBlocks(
        regions.stream()
            .map(r -> new EraseRegion(r.offset() * chips, r.blockSize() * chips, r.blocks()))
            .toList());
  }

  /** The bytes of the first chip's table. */
  private record Table(CfiBus bus) {
    int at(int address) {
      return (int) (bus.read(address) & 0xff);
    }

    int word(int address) {
      return at(address) | (at(address + 1) << 8);
    }

    Duration duration(int typical, int longest, long unit) {
      long nanos = unit << at(typical);
      return new Duration(nanos, nanos << at(longest));
    }

    List<EraseRegion> regions() {
      List<EraseRegion> regions = new ArrayList<>();
      long offset = 0;
      for (int index = 0; index < at(REGIONS); index++) {
        int address = REGIONS + 1 + 4 * index;
        long blocks = word(address) + 1L;
        long blockSize = (long) word(address + 2) * REGION_SIZE_UNIT;
        regions.add(new EraseRegion(offset, blockSize, blocks));
        offset += blockSize * blocks;
      }
      return regions;
    }
  }
}
