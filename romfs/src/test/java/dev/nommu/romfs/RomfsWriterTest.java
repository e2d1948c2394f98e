package dev.nommu.romfs;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Errno;
import dev.nommu.fixtures.FakeStore;
import dev.nommu.fixtures.Mounts;
import dev.nommu.image.TreeEntry;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RomfsWriterTest {
  private FileSystem host;
  private Path tree;
  private Path image;

  @BeforeEach
  void makeHost() throws Exception {
    host =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setAttributeViews("basic", "posix", "unix").build());
    tree = Files.createDirectory(host.getPath("/tree"));
    image = host.getPath("/image");
  }

  @AfterEach
  void closeHost() throws Exception {
    host.close();
  }

  @Test
  void tree_ofThreeThousandFilesComesBackByteForByte() throws Exception {
    Trees.fill(tree);
    write(RomfsOptions.DEFAULT);
    Trees.assertSame(
        Mounts.mount(new RomfsType(), FakeStore.flash(Files.readAllBytes(image))), tree);
    assertThat(RomfsChecker.check(image)).isEmpty();
  }

  @Test
  void tree_ofDirectoriesDeeperThanAnyStack() throws Exception {
    Path deep = tree;
    for (int level = 0; level < 3000; level++) {
      deep = Files.createDirectory(deep.resolve("d"));
    }
    write(RomfsOptions.DEFAULT);
    try (RomfsImage romfs = RomfsImage.open(image)) {
      assertThat(romfs.walk()).hasSize(3001);
      assertThat(romfs.walk().get(2000).path()).isEqualTo("/d".repeat(2000));
      assertThat(romfs.walk().getLast().path()).isEqualTo("..." + "/d".repeat(127));
    }
    assertThat(RomfsChecker.check(image)).isEmpty();
  }

  @Test
  void names_areKeptAsUtf8() throws Exception {
    Files.write(tree.resolve("\u65e5\u672c\u8a9e"), Trees.text("nihongo"));
    write(RomfsOptions.DEFAULT);
    try (RomfsImage romfs = RomfsImage.open(image)) {
      assertThat(romfs.walk().getLast().path()).isEqualTo("/\u65e5\u672c\u8a9e");
    }
  }

  @Test
  void directoryInAnArchive_isWritten(@TempDir Path folder) throws Exception {
    try (FileSystem archive =
        FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
      Path root = Files.createDirectories(archive.getPath("/root/sub")).getParent();
      Files.writeString(root.resolve("sub/file"), "content");
      RomfsWriter.write(root, image, RomfsOptions.DEFAULT);
    }
    assertThat(paths()).containsExactly("/", "/sub", "/sub/file");
  }

  @Test
  void emptyFileThatIsCalledLikeADevice_isOne() throws Exception {
    Files.createFile(Files.createDirectory(tree.resolve("dev")).resolve("@tty1,c,4,1"));
    write(RomfsOptions.DEFAULT);
    try (RomfsImage romfs = RomfsImage.open(image)) {
      TreeEntry<RomfsNode> tty = romfs.walk().getLast();
      assertThat(tty.path()).isEqualTo("/dev/tty1");
      assertThat(tty.node().kind()).isEqualTo(RomfsNode.Kind.CHARACTER_DEVICE);
      assertThat(tty.node().major()).isEqualTo(4);
      assertThat(tty.node().minor()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"@tty1,x,4,1", "@tty1,c,65536,1", "@tty1,b,4,99999999999"})
  void emptyFileThatIsCalledLikeNoDevice_isEinval(String name) throws Exception {
    Files.createFile(tree.resolve(name));
    assertErrno(Errno.EINVAL, () -> write(RomfsOptions.DEFAULT)).withMessageContaining(name);
  }

  @Test
  void link_hasSlashesWhateverTheHostHas() throws Exception {
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      Path root = Files.createDirectory(windows.getPath("C:\\tree"));
      Files.createSymbolicLink(root.resolve("l"), windows.getPath("d\\x"));
      RomfsWriter.write(root, image, RomfsOptions.DEFAULT);
    }
    try (RomfsImage romfs = RomfsImage.open(image)) {
      assertThat(romfs.linkTarget(romfs.walk().getLast().node())).isEqualTo("d/x");
    }
  }

  @Test
  void order_isByNameUnlessTheHostsIsAskedFor() throws Exception {
    for (String name : List.of("b", "a", "C", "ab")) {
      Files.write(tree.resolve(name), new byte[0]);
    }
    write(RomfsOptions.DEFAULT);
    assertThat(paths()).containsExactly("/", "/C", "/a", "/ab", "/b");
  }

  @Test
  void romfs10_volumeHeaderAndPadding() throws Exception {
    long used = write(RomfsOptions.DEFAULT.withVolume("name of sixteen."));
    byte[] bytes = Files.readAllBytes(image);
    assertThat(used).isEqualTo(0x70);
    assertThat(bytes).hasSize(1024).startsWith(Trees.text("-rom1fs-\0\0\0p"));
    try (RomfsImage romfs = RomfsImage.open(image)) {
      assertThat(romfs.header().volume()).isEqualTo("name of sixteen.");
      assertThat(romfs.root().offset()).isEqualTo(0x30);
    }
  }

  @Test
  void romfs14_furtherNamesOfAFileAreHardLinks() throws Exception {
    Path first = Files.write(tree.resolve("a"), Trees.text("same"));
    Files.createLink(tree.resolve("b"), first);
    write(RomfsOptions.DEFAULT);
    try (RomfsImage romfs = RomfsImage.open(image)) {
      List<RomfsNode> nodes = romfs.children(romfs.root());
      assertThat(nodes.get(3).kind()).isEqualTo(RomfsNode.Kind.HARD_LINK);
      assertThat(romfs.resolve(nodes.get(3))).isEqualTo(nodes.get(2));
    }
  }

  @Test
  void romfs16_executableIfAnybodyMayExecute() throws Exception {
    for (String permissions : List.of("rw-------", "rwx------", "r--r-x---", "r-------x")) {
      Path file = Files.write(tree.resolve("f" + permissions), new byte[0]);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
    write(RomfsOptions.DEFAULT);
    try (RomfsImage romfs = RomfsImage.open(image)) {
      assertThat(romfs.walk().stream().skip(1))
          .allMatch(entry -> entry.node().executable() == entry.path().contains("x"));
    }
  }

  @Test
  void alignment_isThatOfTheDataOfFiles() throws Exception {
    Files.write(tree.resolve("a"), Trees.text("1"));
    Files.createDirectory(tree.resolve("d"));
    Files.write(tree.resolve("d/b"), Trees.text("2"));
    write(RomfsOptions.DEFAULT.withAlignment(4096));
    try (RomfsImage romfs = RomfsImage.open(image)) {
      assertThat(romfs.walk())
          .filteredOn(entry -> entry.node().kind() == RomfsNode.Kind.REGULAR)
          .extracting(entry -> entry.node().dataOffset())
          .containsExactly(0x1000L, 0x2000L);
    }
  }

  @Test
  void exclude_leavesOutADirectoryWithAllItHolds() throws Exception {
    Files.createDirectories(tree.resolve("skip/deep"));
    Files.write(tree.resolve("skip/deep/f"), new byte[0]);
    Files.write(tree.resolve("keep.o"), new byte[0]);
    Files.write(tree.resolve("keep"), new byte[0]);
    write(RomfsOptions.DEFAULT.excluding("/sk*").excluding("*.o"));
    assertThat(paths()).containsExactly("/", "/keep");
  }

  @Test
  void name_ofMoreThan128Bytes_isEnametoolongAndLeavesTheOldImage() throws Exception {
    Files.write(image, Trees.text("old"));
    Files.write(tree.resolve("n".repeat(129)), new byte[0]);
    assertErrno(Errno.ENAMETOOLONG, () -> write(RomfsOptions.DEFAULT))
        .withMessageContaining("expected 128 bytes or less, found 129");
    assertThat(image).hasContent("old");
    assertThat(host.getPath("/image.part")).doesNotExist();
  }

  @Test
  void image_thatCannotBeReplaced_isWhatTheHostSaysAndLeavesNothingBehind() throws Exception {
    Files.createDirectories(image.resolve("in use"));
    assertErrno(Errno.ENOTEMPTY, () -> write(RomfsOptions.DEFAULT)).withMessageContaining("/image");
    assertThat(host.getPath("/image.part")).doesNotExist();
    assertThat(image.resolve("in use")).isDirectory();
  }

  @Test
  void name_thatTheLocaleCannotTell_isEinval() throws Exception {
    Path name = Files.writeString(tree.resolve("f\ufffdr"), "x");
    assertErrno(Errno.EINVAL, () -> write(RomfsOptions.DEFAULT))
        .withMessageContaining("a locale such as C.UTF-8 may be needed");
    Files.delete(name);
    Files.createSymbolicLink(tree.resolve("link"), host.getPath("f\ufffdr"));
    assertErrno(Errno.EINVAL, () -> write(RomfsOptions.DEFAULT));
  }

  @Test
  void symbolicLink_ofMoreThan4095Bytes_isEnametoolong() throws Exception {
    Files.createSymbolicLink(tree.resolve("l"), host.getPath("t".repeat(4096)));
    assertErrno(Errno.ENAMETOOLONG, () -> write(RomfsOptions.DEFAULT));
  }

  @Test
  void source_thatIsNoDirectory() throws Exception {
    Path file = Files.write(host.getPath("/file"), new byte[0]);
    assertErrno(Errno.ENOTDIR, () -> RomfsWriter.write(file, image, RomfsOptions.DEFAULT));
    assertErrno(
            Errno.ENOENT,
            () -> RomfsWriter.write(host.getPath("/none"), image, RomfsOptions.DEFAULT))
        .withMessageContaining("/none");
  }

  @Test
  void source_onAHostWithoutPermissions_hasPlainFilesAndExecutableDirectories() throws Exception {
    try (FileSystem plain = Jimfs.newFileSystem(Configuration.windows())) {
      Path folder = Files.createDirectories(plain.getPath("C:\\tree\\d"));
      Files.write(folder.resolve("f"), Trees.text("x"));
      RomfsWriter.write(folder.getParent(), image, RomfsOptions.DEFAULT);
    }
    try (RomfsImage romfs = RomfsImage.open(image)) {
      assertThat(romfs.walk())
          .extracting(entry -> entry.path() + " " + entry.node().permissions())
          .containsExactly("/ " + 0755, "/d " + 0755, "/d/f " + 0644);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 24, -16})
  void options_alignmentThatIsNone_isRefused(int alignment) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RomfsOptions.DEFAULT.withAlignment(alignment))
        .withMessageContaining("found " + alignment);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RomfsOptions.DEFAULT.aligning(alignment, "*"));
  }

  @Test
  void options_volumeNameThatIsTooLong_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RomfsOptions.DEFAULT.withVolume("v".repeat(129)));
  }

  private long write(RomfsOptions options) throws Exception {
    return RomfsWriter.write(tree, image, options).size();
  }

  private List<String> paths() throws Exception {
    try (RomfsImage romfs = RomfsImage.open(image)) {
      return romfs.walk().stream().map(TreeEntry::path).toList();
    }
  }
}
