package dev.nommu.junit;

import dev.nommu.api.DeviceDriver;
import dev.nommu.mtd.MtdDriver;
import org.junit.jupiter.api.Nested;

/** The memory technology devices of this project keep the contract, as do their disks. */
final class OwnFlashTest {
  /** Flash of both command sets, RAM, ROM, and memory that the command line names. */
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        intel@10000000 { compatible = "cfi-flash"; bank-width = <4>; reg = <0x10000000 0x40000>; };
        amd@11000000 {
          compatible = "spansion,s29gl256n", "cfi-flash"; bank-width = <2>;
          reg = <0x11000000 0x40000>;
          partitions {
            compatible = "fixed-partitions"; #address-cells = <1>; #size-cells = <1>;
            boot@0 { label = "boot"; reg = <0 0x20000>; read-only; };
          };
        };
        ram@12000000 { compatible = "mtd-ram"; bank-width = <4>; reg = <0x12000000 0x10000>; };
        rom@13000000 { compatible = "mtd-rom"; bank-width = <4>; reg = <0x13000000 0x10000>; };
        chosen { bootargs = "phram.phram=p,0x14000000,0x10000 mtdram.total_size=256"; };
      };
      """;

  @Nested
  @Board(BOARD)
  final class Mtds extends MtdContract {
    @Override
    protected DeviceDriver driver() {
      return new MtdDriver();
    }
  }

  @Nested
  @Board(BOARD)
  final class Disks extends BlockDeviceContract {
    @Override
    protected DeviceDriver driver() {
      return new MtdDriver();
    }
  }

  @Nested
  @Board(BOARD)
  final class Windows extends RegistersContract {
    @Override
    protected DeviceDriver driver() {
      return new MtdDriver();
    }
  }
}
