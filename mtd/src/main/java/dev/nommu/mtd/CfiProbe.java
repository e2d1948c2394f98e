package dev.nommu.mtd;

import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Detects flash chips as {@code cfi_probe} does: their answers to a CFI query show how many are
 * side by side and of what kind.
 *
 * @param window the window of the chips
 * @param address the physical address of the window
 * @param bankWidth bytes in a word of the bus
 * @param delay used to wait for the chips
 */
record CfiProbe(DeviceWindow window, long address, int bankWidth, Delay delay) {
  private static final int INTEL_EXTENDED = 1;
  private static final int AMD_STANDARD = 2;
  private static final long QUERY_ADDRESS = 0x55;
  private static final int QUERY = 0x98;
  private static final int INTEL_RESET = 0xff;
  private static final int AMD_RESET = 0xf0;
  private static final int INSTANT_LOCKING = 1 << 5;
  private static final int WIDEST_CHIP = 4;

  /**
   * Returns the MTD of the chips.
   *
   * @param name its name
   * @throws ErrnoException ENXIO if no chip answers or its command set is unknown, EINVAL if the
   *     answer is inconsistent
   */
  Mtd find(String name) throws ErrnoException {
    for (int chipWidth = 1; chipWidth <= Math.min(bankWidth, WIDEST_CHIP); chipWidth *= 2) {
      CfiBus bus = new CfiBus(window, bankWidth, chipWidth);
      reset(bus);
      bus.command(QUERY_ADDRESS, QUERY);
      if (CfiQuery.isAnswered(bus)) {
        CfiQuery query = CfiQuery.read(bus);
        reset(bus);
        return mtd(name, bus, query);
      }
    }
    throw new ErrnoException(
        Errno.ENXIO,
        "mtd %s: expected flash chips that answer a CFI query at 0x%x, found none"
            .formatted(name, address));
  }

  private static void reset(CfiBus bus) {
    bus.command(0, AMD_RESET);
    bus.command(0, INTEL_RESET);
  }

  private Mtd mtd(String name, CfiBus bus, CfiQuery query) throws ErrnoException {
    EraseBlocks blocks = query.interleaved(bus.chips());
    MtdOperations operations =
        switch (query.commandSet()) {
          case INTEL_EXTENDED -> new IntelFlash(bus, query, blocks, address, delay);
          case AMD_STANDARD -> new AmdFlash(bus, query, blocks, delay);
          default ->
              throw new ErrnoException(
                  Errno.ENXIO,
                  "mtd %s: expected command set 1 or 2, found %d"
                      .formatted(name, query.commandSet()));
        };
    return new Mtd(info(name, query, bus.chips(), blocks), operations);
  }

  private static MtdInfo info(String name, CfiQuery query, int chips, EraseBlocks blocks) {
    List<EraseRegion> regions = blocks.regions();
    return new MtdInfo(
        name,
        MtdType.NORFLASH,
        flags(query),
        query.chipSize() * chips,
        regions.stream().mapToLong(EraseRegion::blockSize).max().orElseThrow(),
        regions);
  }

  private static Set<MtdFlag> flags(CfiQuery query) {
    Set<MtdFlag> flags = EnumSet.copyOf(MtdInfo.CAP_NORFLASH);
    if (query.commandSet() == INTEL_EXTENDED && (query.features() & INSTANT_LOCKING) != 0) {
      flags.add(MtdFlag.POWERUP_LOCK);
    }
    return flags;
  }
}
