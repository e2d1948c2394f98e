package dev.nommu.bench.row;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A board with a ROM whose image is mounted on {@code /rom}. */
final class RomBoard {
  private static final String NODES =
      """
      rom@20000000 {
        compatible = "mtd-rom"; bank-width = <4>; linux,mtd-name = "rom";
        reg = <0 0x20000000 0 0x4000000>; erase-size = <0x10000>;
      };
      nommu {
        compatible = "nommu,simulation";
        contents { rom { device = "/rom@20000000"; image = "rom.img"; }; };
        mounts { rom { source = "mtd:rom"; target = "/rom"; type = "%s"; options = "ro"; }; };
      };
      """;

  /** In MiB. */
  private static final long RAM = 64;

  private RomBoard() {}

  /** Writes an image of a directory. */
  @FunctionalInterface
  interface ImageWriter {
    /** Writes an image of {@code directory} to {@code image}. */
    void write(Path directory, Path image) throws ErrnoException;
  }

  /** Returns a board whose ROM holds an image of this type with these files, by name. */
  static Board with(String type, Map<String, byte[]> files, ImageWriter writer)
      throws IOException, ErrnoException, BoardException {
    FileSystem host = Jimfs.newFileSystem(Configuration.unix());
    Path source = Files.createDirectory(host.getPath("/source"));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(source.resolve(file.getKey()), file.getValue());
    }
    Path image = host.getPath("/rom.img");
    writer.write(source, image);
    return BenchBoard.with(RAM, NODES.formatted(type), host.getPath("/"));
  }

  /** Returns such a board as device tree source; the image is {@code rom.img} next to it. */
  static String source(String type) {
    return BenchBoard.source(RAM, NODES.formatted(type));
  }
}
