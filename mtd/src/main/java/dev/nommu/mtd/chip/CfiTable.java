package dev.nommu.mtd.chip;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes a chip shows in query mode (rule FLASH-03), one at each address. */
final class CfiTable {
  private static final int SIZE = 0x140;
  private static final int SIGNATURE = 0x10;
  private static final int VOLTAGES = 0x1b;
  private static final int TIMING = 0x1f;
  private static final int CHIP_SIZE = 0x27;
  private static final int REGION_COUNT = 0x2c;
  private static final int REGION_SIZE_UNIT = 256;
  private static final int ASYNCHRONOUS_X8 = 0;
  private static final int ASYNCHRONOUS_X16 = 1;

  private final int[] bytes = new int[SIZE];

  /**
   * Creates the table of a part.
   *
   * @param width bytes in a word of the chip, 1 or 2
   * @param sizeLog2 the binary logarithm of the chip's size in bytes
   * @param layout its erase blocks
   */
  CfiTable(NorPart part, int width, int sizeLog2, BlockLayout layout) {
    put(SIGNATURE, ascii("QRY"));
    putShort(SIGNATURE + 3, part.commandSet().number());
    putShort(SIGNATURE + 5, part.extendedTable());
    put(VOLTAGES, 0x27, 0x36, 0, 0);
    put(TIMING, part.timing().exponents());
    put(CHIP_SIZE, sizeLog2);
    putShort(CHIP_SIZE + 1, width == 1 ? ASYNCHRONOUS_X8 : ASYNCHRONOUS_X16);
    putShort(CHIP_SIZE + 3, part.bufferLog2());
    put(REGION_COUNT, layout.runs().size());
    for (int index = 0; index < layout.runs().size(); index++) {
      putRegion(REGION_COUNT + 1 + 4 * index, layout.runs().get(index));
    }
    put(part.extendedTable(), ascii("PRI"));
    put(part.extendedTable() + 3, part.extended().stream().mapToInt(Integer::intValue).toArray());
  }

  /** Returns the byte at an address; 0 where the table has no entry. */
  int at(long address) {
    return address < SIZE ? bytes[(int) address] : 0;
  }

  private void putRegion(int address, BlockRun run) {
    putShort(address, run.blocks() - 1);
    putShort(address + 2, (int) (run.blockSize() / REGION_SIZE_UNIT));
  }

  private void putShort(int address, int value) {
    put(address, value & 0xff, value >>> 8);
  }

  private void put(int address, int... values) {
    System.arraycopy(values, 0, bytes, address, values.length);
  }

  private static int[] ascii(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    int[] values = new int[ascii.length];
    Arrays.setAll(values, index -> ascii[index]);
    return values;
  }
}
