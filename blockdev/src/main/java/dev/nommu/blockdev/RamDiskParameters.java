package dev.nommu.blockdev;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.List;

/**
 * The parameters of the driver, from the kernel's command line.
 *
 * @param disks how many there are: {@code brd.rd_nr}, 0 to 2^20
 * @param bytes the size of each: {@code brd.rd_size}, there in KiB
 * @param layout how they lie in memory: {@code brd.contiguous}
 */
record RamDiskParameters(int disks, long bytes, Layout layout) {
  private static final String DISKS = "brd.rd_nr";
  private static final String SIZE = "brd.rd_size";
  private static final String CONTIGUOUS = "brd.contiguous";
  private static final long MAX_DISKS = 1 << 20;
  private static final long KIB = 1024;

  /** How a ramdisk lies in memory. */
  enum Layout {
    /** Page by page as it is written. */
    SCATTERED,
    /** In one run from the start. */
    CONTIGUOUS
  }

  /**
   * Reads the parameters; the last of several values holds, as on Linux.
   *
   * @throws ErrnoException EINVAL if one is malformed or out of range: parameter, expected, found
   */
  static RamDiskParameters of(DeviceContext context) throws ErrnoException {
    return new RamDiskParameters(
        (int) number(context, DISKS, 16, 0, MAX_DISKS),
        KIB * number(context, SIZE, 4096, 1, Long.MAX_VALUE / KIB),
        layout(context.parameters(CONTIGUOUS)));
  }

  private static long number(
      DeviceContext context, String name, long otherwise, long minimum, long maximum)
      throws ErrnoException {
    List<String> values = context.parameters(name);
    if (values.isEmpty()) {
      return otherwise;
    }
    String expected = "a number from %d to %d".formatted(minimum, maximum);
    try {
      long number = Long.decode(values.getLast());
      if (number >= minimum && number <= maximum) {
        return number;
      }
      throw malformed(name, expected, values.getLast());
    } catch (NumberFormatException e) {
      throw malformed(name, expected, values.getLast());
    }
  }

  private static Layout layout(List<String> values) throws ErrnoException {
    return switch (values.isEmpty() ? "0" : values.getLast()) {
      case "1", "y", "Y", "on", "" -> Layout.CONTIGUOUS;
      case "0", "n", "N", "off" -> Layout.SCATTERED;
      default -> throw malformed(CONTIGUOUS, "1 or 0", values.getLast());
    };
  }

  private static ErrnoException malformed(String name, String expected, String found) {
    return new ErrnoException(Errno.EINVAL, "%s=%s: expected %s".formatted(name, found, expected));
  }
}
