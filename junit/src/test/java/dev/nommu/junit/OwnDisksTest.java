package dev.nommu.junit;

import dev.nommu.api.DeviceDriver;
import dev.nommu.blockdev.RamDiskDriver;
import dev.nommu.blockdev.VirtioBlockDriver;
import org.junit.jupiter.api.Nested;

/** The block devices of this project keep the contract. */
final class OwnDisksTest {
  @Nested
  @Board(
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        chosen { bootargs = "brd.rd_nr=1 brd.rd_size=64"; };
      };
      """)
  final class RamDisk extends BlockDeviceContract {
    @Override
    protected DeviceDriver driver() {
      return new RamDiskDriver();
    }
  }

  @Nested
  @Board(
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        chosen { bootargs = "brd.rd_nr=1 brd.rd_size=64 brd.contiguous=1"; };
      };
      """)
  final class ContiguousRamDisk extends BlockDeviceContract {
    @Override
    protected DeviceDriver driver() {
      return new RamDiskDriver();
    }
  }

  @Nested
  @Board(
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        disk@10000000 { compatible = "virtio,mmio"; reg = <0x10000000 0x1000>; };
        nommu {
          compatible = "nommu,simulation";
          contents { disk { device = "/disk@10000000"; image = "../boards/oracle/romfs.img"; }; };
        };
      };
      """)
  final class VirtioDisk extends BlockDeviceContract {
    @Override
    protected DeviceDriver driver() {
      return new VirtioBlockDriver();
    }
  }

  @Nested
  @Board(
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        disk@10000000 { compatible = "virtio,mmio"; reg = <0x10000000 0x1000>; };
        nommu {
          compatible = "nommu,simulation";
          contents {
            disk { device = "/disk@10000000"; image = "../boards/oracle/romfs.img"; read-only; };
          };
        };
      };
      """)
  final class ReadOnlyVirtioDisk extends BlockDeviceContract {
    @Override
    protected DeviceDriver driver() {
      return new VirtioBlockDriver();
    }
  }
}
