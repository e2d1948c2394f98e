package dev.nommu.conformance;

import dev.nommu.junit.Board;
import dev.nommu.junit.MappedFileContract;
import org.junit.jupiter.api.Nested;

/** Files of several kinds keep the contract of mappings. */
final class MappedFileContractsTest {
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        rom@20000000 { compatible = "mtd-rom"; bank-width = <4>; reg = <0x20000000 0x100000>;
          linux,mtd-name = "rom"; };
        nommu {
          compatible = "nommu,simulation";
          contents { rom { device = "/rom@20000000"; image = "../boards/oracle/romfs.img"; }; };
          mounts { rom { source = "mtd:rom"; target = "/rom"; type = "romfs"; options = "ro"; }; };
        };
      };
      """;

  @Nested
  @Board(BOARD)
  final class Mtd extends MappedFileContract {
    @Override
    protected String path() {
      return "/dev/mtd0";
    }
  }

  @Nested
  @Board(BOARD)
  final class FileOfRomfs extends MappedFileContract {
    @Override
    protected String path() {
      return "/rom/big.bin";
    }
  }
}
