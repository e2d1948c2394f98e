package dev.nommu.blockdev;

import dev.nommu.api.DeviceContext;
import java.util.OptionalLong;

/**
 * The parameters of the driver, from the kernel's command line.
 *
 * @param disks their number: {@code brd.rd_nr}, 0 to 2^20
 * @param bytes the size of each: {@code brd.rd_size}, which is in KiB
 * @param layout their layout in memory: {@code brd.contiguous}
 */
record RamDiskParameters(int disks, long bytes, Layout layout) {
  private static final String DISKS = "brd.rd_nr";
  private static final String SIZE = "brd.rd_size";
  private static final String CONTIGUOUS = "brd.contiguous";
  private static final long MAX_DISKS = 1 << 20;
  private static final long KIB = 1024;

  /** The layout of a ramdisk in memory. */
  enum Layout {
    /** Allocated page by page as it is written. */
    SCATTERED,
    /** Allocated in one run from the start. */
    CONTIGUOUS
  }

  /** Reads the parameters; the last valid value counts, as on Linux. */
  static RamDiskParameters of(DeviceContext context) {
    return new RamDiskParameters(
        (int) number(context, DISKS, 16, 0, MAX_DISKS),
        KIB * number(context, SIZE, 4096, 1, Long.MAX_VALUE / KIB),
        layout(context));
  }

  private static long number(
      DeviceContext context, String name, long otherwise, long minimum, long maximum) {
    long number = otherwise;
    for (String value : context.parameters(name)) {
      OptionalLong given = number(value, minimum, maximum);
      if (given.isEmpty()) {
        context.ignoreParameter(
            name,
            value,
            "expected a number from %d to %d, using %d".formatted(minimum, maximum, number));
      }
      number = given.orElse(number);
    }
    return number;
  }

  private static OptionalLong number(String value, long minimum, long maximum) {
    try {
      long number = Long.decode(value);
      return number < minimum || number > maximum ? OptionalLong.empty() : OptionalLong.of(number);
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }

  private static Layout layout(DeviceContext context) {
    Layout layout = Layout.SCATTERED;
    for (String value : context.parameters(CONTIGUOUS)) {
      switch (value) {
        case "1", "y", "Y", "on", "" -> layout = Layout.CONTIGUOUS;
        case "0", "n", "N", "off" -> layout = Layout.SCATTERED;
        default -> context.ignoreParameter(CONTIGUOUS, value, "expected 1 or 0");
      }
    }
    return layout;
  }
}
