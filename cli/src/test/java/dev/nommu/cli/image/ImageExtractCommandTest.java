package dev.nommu.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code image extract}. */
final class ImageExtractCommandTest {
  private static final Path BOARDS = Path.of("..", "boards", "oracle");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"romfs.img, 0", "nor.bin, 0x100000", "cramfs.img, 0", "rom.bin, 1M"})
  void imagesOfTheRecordedMachine_giveTheFilesTheyWereMadeOf(String image, String offset)
      throws Exception {
    Path out = directory.resolve("out");
    Run run = Run.of("image", "extract", "--offset", offset, BOARDS.resolve(image), out);
    assertThat(run).isEqualTo(new Run(0, "", ""));
    for (Path file : list(BOARDS.resolve("ext2.d"))) {
      assertThat(out.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
    assertThat(list(out)).hasSize(9);
    assertThat(Files.isExecutable(out.resolve("prog"))).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("big.bin"))))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void modesAreKept_alsoThoseThatForbidToWrite() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree/closed/inner"));
    Files.writeString(tree.resolve("secret"), "x");
    mode(tree.resolve("secret"), "r-----r--");
    mode(tree, "r-x-----x");
    mode(tree.getParent(), "r-xr-x--x");
    Path source = directory.resolve("tree");
    Path image = directory.resolve("image");
    Run.of("image", "make", "--type", "cramfs", source, image);
    Path out = directory.resolve("out");
    assertThat(Run.of("image", "extract", image, out).exitCode()).isZero();
    assertThat(HostTree.of(out)).isEqualTo(HostTree.of(source)).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "/", "/etc", "../evil", "a/../../evil", "evil/", "", "a//b"})
  void nameThatWouldLeave_isRefusedAndTheRestIsUnpacked(String name) throws Exception {
    Path image =
        new RomfsBuilder()
            .node(0x40, 0x100, RomfsBuilder.REGULAR, 0, name, "evil")
            .node(0x100, 0x200, RomfsBuilder.DIRECTORY, 0x180, name + "/..", "")
            .node(0x180, 0, RomfsBuilder.REGULAR, 0, "evil", "evil")
            .node(0x200, 0, RomfsBuilder.REGULAR, 0, "good", "good")
            .writeTo(directory.resolve("image"));
    Path out = directory.resolve("jail/out");
    Run run = Run.of("image", "extract", image, out);
    boolean dots = name.equals(".") || name.equals("..");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("expected a name of one file, found").hasLineCount(dots ? 1 : 2);
    assertThat(list(out)).containsExactly(out.resolve("good"));
    assertThat(list(directory.resolve("jail"))).containsExactly(out);
    assertThat(list(directory)).containsExactlyInAnyOrder(image, directory.resolve("jail"));
  }

  @Test
  void linkThatLeadsOut_isNeverWrittenThrough() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Path victim = Files.writeString(outside.resolve("victim"), "mine");
    Path image =
        new RomfsBuilder()
            .node(0x40, 0x100, RomfsBuilder.LINK, 0, "a", outside.toString())
            .node(0x100, 0x200, RomfsBuilder.DIRECTORY, 0x180, "a", "")
            .node(0x180, 0, RomfsBuilder.REGULAR, 0, "victim", "evil")
            .node(0x200, 0x300, RomfsBuilder.LINK, 0, "b", victim.toString())
            .node(0x300, 0x400, RomfsBuilder.REGULAR, 0, "b", "evil")
            .node(0x400, 0x480, RomfsBuilder.LINK, 0, "c", "/nowhere/at/all")
            .node(0x480, 0, RomfsBuilder.REGULAR, 0, "c", "evil")
            .writeTo(directory.resolve("image"));
    Path out = directory.resolve("out");
    Run run = Run.of("image", "extract", image, out);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).hasLineCount(3);
    assertThat(run.err().lines())
        .allMatch(line -> line.contains("expected a name of its own, found one that is taken"));
    assertThat(victim).hasContent("mine");
    assertThat(list(outside)).containsExactly(victim);
    assertThat(list(out)).hasSize(3).allMatch(Files::isSymbolicLink);
  }

  @Test
  void directoryThatHoldsSomething_isLeftAlone() throws Exception {
    Path out = Files.createDirectory(directory.resolve("out"));
    Files.writeString(out.resolve("mine"), "mine");
    Run run = Run.of("image", "extract", BOARDS.resolve("romfs.img"), out);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("expected an empty directory or none, found mine in it");
    assertThat(list(out)).hasSize(1);
  }

  @Test
  void devicesFifosAndSockets_areListedAsSkipped() throws Exception {
    Path image =
        new RomfsBuilder()
            .node(0x40, 0x80, RomfsBuilder.CHARACTER, 5 << 16 | 1, "console", "")
            .node(0x80, 0xc0, RomfsBuilder.FIFO, 0, "pipe", "")
            .node(0xc0, 0, RomfsBuilder.REGULAR, 0, "file", "x")
            .writeTo(directory.resolve("image"));
    Path out = directory.resolve("out");
    Run run = Run.of("image", "extract", image, out);
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .isEqualTo("/console: skipped, character device 5, 1\n/pipe: skipped, fifo\n");
    assertThat(list(out)).containsExactly(out.resolve("file"));
  }

  @Test
  void romfs14_twoNamesOfOneFile_becomeOneFileAgain() throws Exception {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Path one = Files.writeString(tree.resolve("one"), "x");
    Files.createLink(tree.resolve("two"), one);
    Files.writeString(tree.resolve("three"), "x");
    Path image = directory.resolve("image");
    Run.of("image", "make", "--type", "romfs", tree, image);
    Path out = directory.resolve("out");
    assertThat(Run.of("image", "extract", image, out).exitCode()).isZero();
    assertThat(Files.isSameFile(out.resolve("one"), out.resolve("two"))).isTrue();
    assertThat(Files.isSameFile(out.resolve("one"), out.resolve("three"))).isFalse();
  }

  @Test
  void fileWithADamagedBlock_isLeftOutAndTheRestIsUnpacked() throws Exception {
    byte[] bytes = Files.readAllBytes(BOARDS.resolve("cramfs.img"));
    int stream = firstCompressedBlock(bytes);
    bytes[stream] ^= (byte) 0xff;
    Path image = Files.write(directory.resolve("image"), bytes);
    Path out = directory.resolve("out");
    Run run = Run.of("image", "extract", image, out);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).hasLineCount(1).startsWith("/").contains("expected", "found");
    assertThat(list(out)).hasSize(8);
  }

  /** Returns where the first zlib stream begins: CMF 0x78, and a header divisible by 31. */
  private static int firstCompressedBlock(byte[] bytes) {
    int at = 0x200;
    while (bytes[at] != 0x78 || ((bytes[at] << 8) | (bytes[at + 1] & 0xff)) % 31 != 0) {
      at++;
    }
    return at;
  }

  private static void mode(Path path, String letters) throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(letters));
  }

  private static List<Path> list(Path folder) throws Exception {
    assertThat(Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)).isTrue();
    try (Stream<Path> listed = Files.list(folder)) {
      return listed.toList();
    }
  }
}
