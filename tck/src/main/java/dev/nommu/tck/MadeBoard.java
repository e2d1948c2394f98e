package dev.nommu.tck;

import dev.nommu.api.DeviceDriver;
import java.util.Collection;

/** The source of a board for a plugin that does not come with one. */
public final class MadeBoard {
  private MadeBoard() {}

  /** Returns one with a node that a driver drives, if it drives any. */
  public static String of(DeviceDriver driver) {
    return of(driver.compatible());
  }

  /**
   * Returns one with 16 MiB of RAM and, if there is something compatible, a node that is with the
   * first of it in the order of letters, and has 64 KiB of addresses.
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
