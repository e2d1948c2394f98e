package dev.nommu.mtd;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.ErrnoException;
import dev.nommu.mtd.chip.NorBank;
import dev.nommu.mtd.chip.NorBank.Wear;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The erase counts of the flash blocks of one machine. Thread-safe. */
final class WearTable {
  private static final String PROC_FILE = "mtd_wear";
  private static final String HEADER = "offset   size     erasures name\n";

  private final List<Chips> all = new CopyOnWriteArrayList<>();
  private boolean isRegistered;

  /** The chips of a device. */
  private record Chips(String device, long start, NorBank bank) {}

  /**
   * Adds the chips of a device, as consecutive banks, until it is removed; registers {@code
   * /proc/mtd_wear} with the first ones.
   *
   * @throws ErrnoException EIO if the probe has ended; EBUSY if the name is taken
   */
  void add(String device, List<NorBank> banks, DeviceContext context) throws ErrnoException {
    List<Chips> added = new ArrayList<>();
    long start = 0;
    for (NorBank bank : banks) {
      added.add(new Chips(device, start, bank));
      start += bank.size();
    }
    if (!isRegistered && !added.isEmpty()) {
      context.registerProcFile(PROC_FILE, this::text);
      isRegistered = true;
    }
    all.addAll(added);
    context.onRemove(() -> all.removeAll(added));
  }

  /** Returns a line for each block erased at least once, with the name of its device. */
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
