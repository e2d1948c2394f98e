package dev.nommu.mtd;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.ErrnoException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The attributes of an MTD in {@code /sys/class/mtd}, as in Linux's {@code
 * Documentation/ABI/testing/sysfs-class-mtd} (rule MTD-19). No MTD here has out-of-band data, bad
 * blocks or error correction.
 */
final class MtdAttributes {
  private static final String CLASS = "mtd";

  /** Sizes and counts of features that no MTD here has. */
  private static final List<String> ABSENT =
      List.of(
          "oobsize",
          "oobavail",
          "ecc_strength",
          "bitflip_threshold",
          "ecc_step_size",
          "corrected_bits",
          "ecc_failures",
          "bad_blocks",
          "bbt_blocks");

  private MtdAttributes() {}

  /**
   * Registers the directory of an MTD, {@code mtdN}, and that of its read-only node, {@code
   * mtdNro}.
   *
   * @throws ErrnoException EBUSY if one already exists
   */
  static void register(
      Mtd mtd, int index, DeviceNumber node, DeviceNumber readOnly, DeviceContext context)
      throws ErrnoException {
    Map<String, Supplier<String>> attributes = new LinkedHashMap<>();
    attributes.put("dev", () -> number(node));
    of(mtd).forEach((name, value) -> attributes.put(name, () -> value + "\n"));
    context.registerClassDevice(CLASS, "mtd" + index, attributes);
    context.registerClassDevice(CLASS, "mtd" + index + "ro", Map.of("dev", () -> number(readOnly)));
  }

  private static String number(DeviceNumber number) {
    return number.major() + ":" + number.minor() + "\n";
  }

  private static Map<String, String> of(Mtd mtd) {
    MtdInfo info = mtd.info();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("type", type(info.type()));
    values.put("flags", "0x%x".formatted(MtdFlag.word(info.flags())));
    values.put("size", Long.toString(info.size()));
    values.put("erasesize", Long.toString(info.eraseSize()));
    values.put("writesize", "1");
    values.put("subpagesize", "1");
    values.put("numeraseregions", Integer.toString(info.regions().size()));
    values.put("name", info.name());
    ABSENT.forEach(name -> values.put(name, "0"));
    return values;
  }

  private static String type(MtdType type) {
    return switch (type) {
      case NORFLASH -> "nor";
      case RAM, ROM -> type.name().toLowerCase(Locale.ROOT);
    };
  }
}
