package dev.nommu.mtd;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import java.util.List;
import java.util.Optional;

/**
 * A memory-mapped device as its node describes it, by the binding {@code mtd-physmap}.
 *
 * @param node the node
 * @param name {@code linux,mtd-name}, or the name that Linux gives the platform device; always the
 *     latter for several ranges
 * @param ranges the 1 to 8 address ranges in {@code reg}, which form one device
 * @param bankWidth {@code bank-width}: bytes in a word of the bus, 1, 2, 4 or 8
 */
record FirmwareDevice(FirmwareNode node, String name, List<AddressRange> ranges, int bankWidth) {
  private static final String BINDING = "mtd-physmap.yaml";
  private static final int MOST_RANGES = 8;
  private static final List<Long> BANK_WIDTHS = List.of(1L, 2L, 4L, 8L);

  /**
   * Reads a node.
   *
   * @throws ErrnoException EINVAL if a property is missing or malformed: node, property, expected,
   *     found
   */
  static FirmwareDevice of(FirmwareNode node) throws ErrnoException {
    List<AddressRange> reg = node.reg();
    if (reg.isEmpty() || reg.size() > MOST_RANGES) {
      throw invalid(node, "reg", "1 to 8 address ranges", reg.size() + " ranges");
    }
    return new FirmwareDevice(node, name(node, reg), reg, bankWidth(node));
  }

  /**
   * Returns the property {@code erase-size}, bytes.
   *
   * @param whenAbsent the value for a node without it
   * @throws ErrnoException EINVAL if it is malformed or 0
   */
  long eraseSize(long whenAbsent) throws ErrnoException {
    long size = node.cell("erase-size").orElse(whenAbsent);
    if (size == 0) {
      throw invalid("erase-size", "1 or more", size);
    }
    return size;
  }

  private static String name(FirmwareNode node, List<AddressRange> reg) throws ErrnoException {
    String ofDevice = platformName(node, reg.getFirst());
    return reg.size() > 1 ? ofDevice : node.string("linux,mtd-name").orElse(ofDevice);
  }

  private static String platformName(FirmwareNode node, AddressRange range) {
    return "%x.%s".formatted(range.start(), node.name().replaceFirst("@.*", ""));
  }

  private static int bankWidth(FirmwareNode node) throws ErrnoException {
    Optional<Long> width = node.cell("bank-width");
    if (width.isEmpty() || !BANK_WIDTHS.contains(width.get())) {
      throw invalid(
          node, "bank-width", "1, 2, 4 or 8", width.map(String::valueOf).orElse("nothing"));
    }
    return width.get().intValue();
  }

  /** Returns EINVAL for a property: node, property, expected, found. */
  ErrnoException invalid(String property, String expected, Object found) {
    return invalid(node, property, expected, found);
  }

  private static ErrnoException invalid(
      FirmwareNode node, String property, String expected, Object found) {
    return new ErrnoException(
        Errno.EINVAL,
        "%s: %s: expected %s, found %s (%s)"
            .formatted(node.path(), property, expected, found, BINDING));
  }
}
