package dev.nommu.tck;

import dev.nommu.api.DeviceDriver;
import java.util.Collection;

/** The source of a board for a plugin without one. */
public final class MadeBoard {
  private MadeBoard() {}

  /** Returns a board with a node for a driver, if it drives any. */
  public static String of(DeviceDriver driver) {
    return of(driver.compatible());
  }

  /**
   * Returns a board with 16 MiB of RAM and, if there are compatible strings, a node with the first
   * of them in alphabetical order and 64 KiB of addresses.
   */
  public static String of(Collection<String> compatible) {
    String node = compatible.stream().sorted().limit(1).map(MadeBoard::node).findFirst().orElse("");
    return """
    /dts-v1/;
    / {
      #address-cells = <1>;
      #size-cells = <1>;
      memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
      %s
    };
    """
        .formatted(node);
  }

  private static String node(String compatible) {
    return """
    device@10000000 { compatible = "%s"; reg = <0x10000000 0x10000>; };
    """
        .formatted(compatible);
  }
}
