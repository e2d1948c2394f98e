package dev.nommu.conformance;

import dev.nommu.api.FileSystemType;
import dev.nommu.cramfs.CramfsType;
import dev.nommu.hostfs.HostfsType;
import dev.nommu.junit.Board;
import dev.nommu.junit.FileSystemContract;
import dev.nommu.ramfs.RamfsType;
import dev.nommu.ramfs.TmpfsType;
import dev.nommu.romfs.RomfsType;
import org.junit.jupiter.api.Nested;

/** Each type of file system of the project keeps the contract of the kit. */
final class FileSystemContractsTest {
  @Nested
  final class Ramfs extends FileSystemContract {
    @Override
    protected FileSystemType type() {
      return new RamfsType();
    }
  }

  @Nested
  final class Tmpfs extends FileSystemContract {
    @Override
    protected FileSystemType type() {
      return new TmpfsType();
    }
  }

  @Nested
  @Board(
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
      """)
  final class Romfs extends FileSystemContract {
    @Override
    protected FileSystemType type() {
      return new RomfsType();
    }
  }

  @Nested
  @Board(
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        rom@20000000 { compatible = "mtd-rom"; bank-width = <4>; reg = <0x20000000 0x100000>;
          linux,mtd-name = "rom"; };
        nommu {
          compatible = "nommu,simulation";
          contents { rom { device = "/rom@20000000"; image = "../boards/oracle/cramfs.img"; }; };
          mounts { rom { source = "mtd:rom"; target = "/rom"; type = "cramfs"; options = "ro"; }; };
        };
      };
      """)
  final class Cramfs extends FileSystemContract {
    @Override
    protected FileSystemType type() {
      return new CramfsType();
    }
  }

  @Nested
  @Board(
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        nommu {
          compatible = "nommu,simulation";
          host { files { directory = "../boards/oracle/ext2.d"; }; };
          mounts { files { source = "files"; target = "/files"; type = "hostfs"; options = ""; }; };
        };
      };
      """)
  final class Hostfs extends FileSystemContract {
    @Override
    protected FileSystemType type() {
      return new HostfsType();
    }
  }
}
