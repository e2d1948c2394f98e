package dev.nommu.kernel.liar;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.exec.FlatFile;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A board with a part for each kind of plugin. */
final class LiarBoard {
  /** Where the flash chip, the MTD in RAM and the frame buffer answer. */
  static final long[] WINDOWS = {0x2000_0000L, 0x3000_0000L, 0x3100_0000L};

  private static final String NODES =
      """
      nor@20000000 {
        compatible = "cfi-flash"; bank-width = <2>; reg = <0 0x20000000 0 0x20000>;
      };
      rom@28000000 {
        compatible = "mtd-rom"; bank-width = <4>;
        reg = <0 0x28000000 0 0x8000>; linux,mtd-name = "rom";
      };
      ram@30000000 {
        compatible = "mtd-ram"; bank-width = <4>; reg = <0 0x30000000 0 0x4000>;
      };
      screen@31000000 {
        compatible = "simple-framebuffer"; reg = <0 0x31000000 0 0x2000>;
        width = <16>; height = <16>; stride = <64>; format = "a8r8g8b8";
      };
      rarescreen@34000000 { compatible = "test,screen"; reg = <0 0x34000000 0 0x1000>; };
      virtio@10000000 { compatible = "virtio,mmio"; reg = <0 0x10000000 0 0x1000>; };
      rare@33000000 { compatible = "test,rare"; reg = <0 0x33000000 0 0x1000>; };
      sram@32000000 { compatible = "mmio-sram"; reg = <0 0x32000000 0 0x1000>; };
      """;

  private LiarBoard() {}

  static Board board() {
    try {
      return make();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Board make() throws IOException {
    Path root = Jimfs.newFileSystem(Configuration.unix()).getPath("/work");
    Files.createDirectories(root.resolve("tree/directory"));
    Files.write(root.resolve("tree/program"), flat());
    Files.createSymbolicLink(root.resolve("tree/link"), root.getFileSystem().getPath("program"));
    RomfsWriter.write(root.resolve("tree"), root.resolve("image"), RomfsOptions.DEFAULT);
    return TestBoard.withMebibytes(4)
        .bootargs("brd.rd_nr=1 brd.rd_size=16")
        .node(NODES)
        .content("/rom@28000000", root.resolve("image"))
        .content("/virtio@10000000", root.resolve("image"))
        .build();
  }

  /** Returns an executable. */
  static byte[] flat() {
    return new FlatFile().text(TaskCalls.pattern(512)).bytes();
  }
}
