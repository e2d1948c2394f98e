package dev.nommu.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.OpenFlags;
import dev.nommu.cramfs.CramfsOptions;
import dev.nommu.cramfs.CramfsWriter;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.task.Task;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that lie elsewhere than in RAM: in a ROM, in flash, on another machine. */
final class PlacesTest {
  private static final long CHIP = 0x2000_0000L;
  private static final byte[] CONTENT = content();

  @TempDir Path host;

  private static byte[] content() {
    byte[] content = new byte[10_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + i / 256);
    }
    return content;
  }

  private static Machine boot(String nodes, Path directory) throws IOException {
    String source =
        """
        /dts-v1/;
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
          %s
        };
        """;
    return Machine.boot(Board.parse("places", source.formatted(nodes), directory));
  }

  private Path treeOfOneFile() throws IOException {
    Path tree = Files.createDirectory(host.resolve("tree"));
    Files.write(tree.resolve("file"), CONTENT);
    return tree;
  }

  private Machine bootWithImage(String compatible, String type) throws IOException {
    return boot(
        """
        chip@20000000 {
          compatible = "%s"; bank-width = <4>;
          reg = <0x20000000 0x100000>; linux,mtd-name = "chip";
        };
        nommu {
          contents { chip { device = "/chip@20000000"; image = "image"; }; };
          mounts { m { source = "mtd:chip"; target = "/rom"; type = "%s"; options = "ro"; }; };
        };
        """
            .formatted(compatible, type),
        host);
  }

  /** Returns where the host has what a program gets when it maps the file. */
  private static MemorySegment mappedByProgram(Task task) throws Exception {
    int descriptor = task.open("/rom/file", OpenFlags.O_RDONLY);
    long address =
        task.mmap(
            0, CONTENT.length, MmapArguments.PROT_READ, MmapArguments.MAP_SHARED, descriptor, 0);
    assertThat(address).isBetween(CHIP, CHIP + 0x100000);
    return task.memory(address, CONTENT.length);
  }

  private static void assertMappedInPlace(Machine machine) throws Exception {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment map;
      try (NommuFileSystem files = NommuFileSystem.of(machine.init());
          FileChannel channel = FileChannel.open(files.getPath("/rom/file"))) {
        map = channel.map(MapMode.READ_ONLY, 0, CONTENT.length, arena);
        assertEquals(mappedByProgram(machine.init()).address(), map.address());
        assertEquals(0, machine.mappedCopyPages());
      }
      machine.close();
      assertArrayEquals(CONTENT, map.toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Test
  void romfsInARom_isMappedWhereItLies() throws Exception {
    RomfsWriter.write(treeOfOneFile(), host.resolve("image"), RomfsOptions.DEFAULT);
    assertMappedInPlace(bootWithImage("mtd-rom", "romfs"));
  }

  @Test
  void cramfsInFlash_isMappedWhereItLies() throws Exception {
    CramfsOptions inPlace = CramfsOptions.DEFAULT.withInPlace(_ -> true);
    CramfsWriter.write(treeOfOneFile(), host.resolve("image"), inPlace);
    assertMappedInPlace(bootWithImage("cfi-flash", "cramfs"));
  }

  @Test
  void romfsInFlash_isCopied() throws Exception {
    RomfsWriter.write(treeOfOneFile(), host.resolve("image"), RomfsOptions.DEFAULT);
    try (Machine machine = bootWithImage("cfi-flash", "romfs");
        NommuFileSystem files = NommuFileSystem.of(machine.init());
        FileChannel channel = FileChannel.open(files.getPath("/rom/file"));
        Arena arena = Arena.ofConfined()) {
      MemorySegment map = channel.map(MapMode.READ_ONLY, 0, CONTENT.length, arena);
      assertArrayEquals(CONTENT, map.toArray(ValueLayout.JAVA_BYTE));
      assertThat(machine.mappedCopyPages()).isPositive();
    }
  }

  @Test
  void force_bringsWhatADriverHoldsBackToItsStore() throws IOException {
    Path image = Files.write(host.resolve("image"), new byte[0x100000]);
    String flash =
        """
        flash@20000000 { compatible = "cfi-flash"; bank-width = <4>; reg = <0x20000000 0x100000>; };
        nommu { contents { f { device = "/flash@20000000"; image = "image"; persistent; }; }; };
        """;
    try (Machine machine = boot(flash, host);
        NommuFileSystem files = NommuFileSystem.of(machine.init());
        FileChannel block =
            FileChannel.open(files.getPath("/dev/mtdblock0"), StandardOpenOption.WRITE)) {
      block.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 512);
      assertEquals(0, Files.readAllBytes(image)[513]);
      block.force(false);
      assertEquals(2, Files.readAllBytes(image)[513]);
      block.write(ByteBuffer.wrap(new byte[] {7}), 512);
      block.force(true);
      assertEquals(7, Files.readAllBytes(image)[512]);
    }
  }

  private static Machine bootOn(Path directory, String kept) throws IOException {
    return boot(
        """
        nommu {
          host { data { directory = "%s"; %s }; };
          mounts { data { source = "data"; target = "/data"; type = "hostfs"; }; };
        };
        """
            .formatted(directory, kept),
        directory);
  }

  private static List<String> walked(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.map(file -> root.relativize(file).toString()).sorted().toList();
    }
  }

  private static Path tree(NommuFileSystem files) throws IOException {
    Path root = Files.createDirectories(files.getPath("/shared/one/two")).getRoot();
    Files.writeString(root.resolve("shared/a"), "text");
    Files.write(root.resolve("shared/one/two/b"), CONTENT);
    Files.createSymbolicLink(root.resolve("shared/link"), files.getPath("one/two/b"));
    return root.resolve("shared");
  }

  @Test
  void directoryOfAMachine_isWalkedReadAndWrittenByAnotherThroughHostfs() throws IOException {
    try (NommuFileSystem outer = NommuFileSystem.inMemory()) {
      Path shared = tree(outer);
      try (Machine machine = bootOn(shared, "persistent;");
          NommuFileSystem inner = NommuFileSystem.of(machine.init())) {
        Path data = inner.getPath("/data");
        assertThat(walked(data)).isEqualTo(walked(shared)).hasSize(6);
        assertEquals("text", Files.readString(data.resolve("a")));
        assertArrayEquals(CONTENT, Files.readAllBytes(data.resolve("link")));
        Files.createDirectories(data.resolve("new/deep"));
        Files.write(data.resolve("new/deep/c"), CONTENT);
        Files.writeString(data.resolve("a"), " and more", StandardOpenOption.APPEND);
        Files.move(data.resolve("one/two/b"), data.resolve("b"));
        Files.delete(data.resolve("one/two"));
        Files.setPosixFilePermissions(
            data.resolve("a"), PosixFilePermissions.fromString("rw-------"));
        assertThat(walked(data)).isEqualTo(walked(shared));
      }
      assertThat(walked(shared))
          .containsExactly("", "a", "b", "link", "new", "new/deep", "new/deep/c", "one");
      assertEquals("text and more", Files.readString(shared.resolve("a")));
      assertEquals(0100600, Files.getAttribute(shared.resolve("a"), "unix:mode"));
      assertArrayEquals(CONTENT, Files.readAllBytes(shared.resolve("new/deep/c")));
      assertArrayEquals(CONTENT, Files.readAllBytes(shared.resolve("b")));
    }
  }

  /** As the JDK's own file systems: what belongs to POSIX is taken along if it can be. */
  @Test
  void fileMovedOrCopied_toAHostWithoutModes_keepsItsContentAndTimes() throws IOException {
    FileTime time = FileTime.fromMillis(1_000);
    try (FileSystem basic = Jimfs.newFileSystem(Configuration.unix());
        Machine machine = bootOn(Files.createDirectory(basic.getPath("/shared")), "persistent;");
        NommuFileSystem files = NommuFileSystem.of(machine.init())) {
      Path file = Files.write(files.getPath("/tmp/file"), CONTENT);
      Files.setLastModifiedTime(file, time);
      Path copy = files.getPath("/data/copy");
      Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      Path moved = Files.move(file, files.getPath("/data/moved"));
      for (Path each : List.of(copy, moved)) {
        assertArrayEquals(CONTENT, Files.readAllBytes(each));
        assertEquals(time, Files.getLastModifiedTime(each));
      }
      assertFalse(Files.exists(file));
    }
  }

  @Test
  void directoryOfAMachine_thatIsNotPersistent_isCopied() throws IOException {
    try (NommuFileSystem outer = NommuFileSystem.inMemory()) {
      Path shared = tree(outer);
      try (Machine machine = bootOn(shared, "");
          NommuFileSystem inner = NommuFileSystem.of(machine.init())) {
        Files.writeString(inner.getPath("/data/a"), "changed");
        assertThat(walked(inner.getPath("/data"))).isEqualTo(walked(shared));
      }
      assertEquals("text", Files.readString(shared.resolve("a")));
    }
  }
}
