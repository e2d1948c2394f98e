package dev.nommu.mtd;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.ErrnoException;
import dev.nommu.mtd.chip.NorBank;
import dev.nommu.mtd.chip.NorBank.Wear;
import java.util.ArrayList;
import java.util.List;

/**
 * How often the blocks of the flash chips of one machine were erased. Filled while the machine
 * boots; only {@link #text} may be called concurrently, afterwards.
 */
final class WearTable {
  private static final String PROC_FILE = "mtd_wear";
  private static final String HEADER = "offset   size     erasures name\n";

  private final List<Chips> all = new ArrayList<>();

  /** The chips of a device. */
  private record Chips(String device, long start, NorBank bank) {}

  /** Adds the chips of a device, one bank after the other. */
  void add(String device, List<NorBank> banks) {
    long start = 0;
    for (NorBank bank : banks) {
      all.add(new Chips(device, start, bank));
      start += bank.size();
    }
  }

  /**
   * Registers {@code /proc/mtd_wear}, if there are chips.
   *
   * @throws ErrnoException EBUSY if the name is taken
   */
  void register(DeviceContext context) throws ErrnoException {
    if (!all.isEmpty()) {
      context.registerProcFile(PROC_FILE, this::text);
    }
  }

  /** Returns a line for each block that was erased, with the name of its device. */
  String text() {
    StringBuilder text = new StringBuilder(HEADER);
    for (Chips chips : all) {
      chips.bank.wear().forEach(block -> append(text, chips, block));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Chips chips, Wear block) {
    if (block.erasures() > 0) {
      text.append(
          "%08x %08x %8d \"%s\"\n"
              .formatted(
                  chips.start + block.offset(), block.size(), block.erasures(), chips.device));
    }
  }
}
