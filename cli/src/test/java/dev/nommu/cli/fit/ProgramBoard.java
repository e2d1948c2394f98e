package dev.nommu.cli.fit;

import dev.nommu.api.Profile;
import dev.nommu.cli.board.Machines;
import dev.nommu.cli.board.OpenBoard;
import dev.nommu.kernel.board.Board;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A board with RAM and programs on a disk, at {@code /prog}.
 *
 * @param directory of the host, where everything lies
 * @param memory bytes of RAM
 */
record ProgramBoard(Path directory, long memory) {
  /** Adds a program. */
  void with(String name, FlatProgram program) {
    try {
      Path folder = Files.createDirectories(directory.resolve("prog"));
      Path file = Files.write(folder.resolve(name), program.bytes());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Returns the board, of whose RAM nothing is reserved. */
  OpenBoard open() throws IOException {
    Files.createDirectories(directory.resolve("prog"));
    Board board = Board.parse("programs", text("", "", ""), directory);
    return new OpenBoard(board, Machines.under(Profile.DOCUMENT), () -> {});
  }

  /** Writes the board with so many bytes reserved at the start of its RAM. */
  Path write(long kernel) throws IOException {
    return Files.writeString(directory.resolve("board.dts"), text(reserved(kernel), "", ""));
  }

  /** Writes it with a memory at 1 GiB, whose image is {@code rom.img}, on {@code /mnt}. */
  Path writeWithRom(long kernel) throws IOException {
    long size = (Files.size(directory.resolve("rom.img")) + 4095) & -4096;
    return Files.writeString(
        directory.resolve("rom.dts"),
        text(
            reserved(kernel),
            "chosen { bootargs = \"phram.phram=rom,0x40000000,0x%x\"; };".formatted(size),
            "rom { source = \"mtd:rom\"; target = \"/mnt\"; type = \"romfs\"; options = \"ro\";"
                + " };"));
  }

  private static String reserved(long kernel) {
    return """
    reserved-memory { #address-cells = <2>; #size-cells = <2>; ranges;
      kernel@80000000 { reg = <0 0x80000000 0 0x%x>; };
    };
    """
        .formatted(kernel);
  }

  private String text(String reserved, String chosen, String mount) {
    String rom =
        mount.isEmpty()
            ? ""
            : "contents { #address-cells = <2>; #size-cells = <2>;"
                + " phram@40000000 { reg = <0 0x40000000 0 0x1000>; image = \"rom.img\"; }; };";
    return """
    /dts-v1/;
    / {
      #address-cells = <2>;
      #size-cells = <2>;
      %s
      memory@80000000 { device_type = "memory"; reg = <0 0x80000000 0 0x%x>; };
      %s
      nommu {
        compatible = "nommu,simulation";
        #address-cells = <2>;
        #size-cells = <2>;
        %s
        host { prog { directory = "prog"; persistent; }; };
        mounts {
          prog { source = "prog"; target = "/prog"; type = "hostfs"; options = "ro"; };
          %s
        };
      };
    };
    """
        .formatted(chosen, memory, reserved, rom, mount);
  }
}
