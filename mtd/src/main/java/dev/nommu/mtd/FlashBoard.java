package dev.nommu.mtd;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.ErrnoException;
import dev.nommu.mtd.chip.ChipTime;
import dev.nommu.mtd.chip.NorBank;
import dev.nommu.mtd.chip.NorPart;
import dev.nommu.mtd.power.PowerSupply;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Places simulated flash chips where a {@code cfi-flash} node declares them. The node's {@code
 * compatible} strings determine their kind ({@link NorPart#of}); {@code bank-width} and {@code
 * device-width}, 2 by default on a bus that wide, determine how many are side by side.
 *
 * @param device the device that the node describes
 * @param context the machine
 */
record FlashBoard(FirmwareDevice device, DeviceContext context) {
  private static final long SMALLEST_CHIP = 4096;
  private static final long LARGEST = 256 << 20;
  private static final long USUAL_CHIP_WIDTH = 2;
  private static final byte ERASED = (byte) 0xff;

  /**
   * Creates the chips at each range of the node and claims their addresses. They hold the node's
   * image and are erased beyond its end; the board decides whether writes persist. Lock bits and
   * erase counts do not: they start in the factory state.
   *
   * @throws ErrnoException EINVAL if no chips have that size and width or the image is larger,
   *     EBUSY if the addresses are taken, EIO
   */
  List<NorBank> populate(ChipTime time, PowerSupply power) throws ErrnoException {
    int chipWidth = chipWidth();
    for (AddressRange range : device.ranges()) {
      checkSize(range.length(), chipWidth);
    }
    MemorySegment cells = context.contents(device.ranges(), ERASED);
    NorPart part = NorPart.of(device.node().compatible());
    List<NorBank> banks = new ArrayList<>();
    long offset = 0;
    for (AddressRange range : device.ranges()) {
      MemorySegment ofBank = cells.asSlice(offset, range.length());
      NorBank bank = new NorBank(part, ofBank, device.bankWidth(), chipWidth, time, power);
      context.claim(range, bank);
      banks.add(bank);
      offset += range.length();
    }
    return banks;
  }

  private int chipWidth() throws ErrnoException {
    long usual = Math.min(device.bankWidth(), USUAL_CHIP_WIDTH);
    long width = device.node().cell("device-width").orElse(usual);
    if (width < 1 || width > usual) {
      throw device.invalid("device-width", "1 or 2, and no more than bank-width", width);
    }
    return (int) width;
  }

  private void checkSize(long size, int chipWidth) throws ErrnoException {
    long chips = device.bankWidth() / chipWidth;
    if (Long.bitCount(size) != 1 || size < SMALLEST_CHIP * chips || size > LARGEST) {
      throw device.invalid(
          "reg",
          "a power of two from 0x%x to 0x%x".formatted(SMALLEST_CHIP * chips, LARGEST),
          "0x%x".formatted(size));
    }
  }
}
