package dev.nommu.cramfs;

import static dev.nommu.cramfs.TestImage.pattern;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images written here, each read back and checked. */
class WriterTest {
  private SampleTree tree;

  @BeforeEach
  void makeTree() throws Exception {
    tree = SampleTree.make();
  }

  @AfterEach
  void close() throws Exception {
    tree.close();
  }

  @Test
  void bothByteOrdersAndBlockSizes_areReadBackByteForByte() throws Exception {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      for (int blockSize : new int[] {4096, 8192, 65536}) {
        CramfsOptions options = CramfsOptions.DEFAULT.withByteOrder(order).withBlockSize(blockSize);
        tree.assertReadBack(options);
        tree.assertReadBack(options.withFront(CramfsOptions.Front.BOOT_CODE));
        assertThat(Files.size(tree.image()) % blockSize).isZero();
      }
    }
  }

  @Test
  void cramfs10_superblockSaysWhatIsThere() throws Exception {
    CramfsOptions options = CramfsOptions.DEFAULT.withVolume("vol").withEdition(0xffffffffL);
    CramfsSuperblock written = tree.write(options);
    try (CramfsImage read = CramfsImage.open(tree.image())) {
      assertThat(read.superblock()).isEqualTo(written);
    }
    assertThat(written.name()).isEqualTo("vol");
    assertThat(written.fsid().edition()).isEqualTo(0xffffffffL);
    assertThat(written.fsid().files()).isEqualTo(12);
    assertThat(written.fsid().blocks()).isEqualTo(1 + 6 + 1 + 1 + 1 + 2 + 5 + 3);
    assertThat(written.flags()).isEqualTo(3);
  }

  @Test
  void cramfs12_holesAreLeftOutAndTheFlagSaysSo() throws Exception {
    CramfsOptions options = CramfsOptions.DEFAULT.withZeroBlocks(CramfsOptions.ZeroBlocks.HOLES);
    tree.assertReadBack(options);
    try (CramfsImage read = CramfsImage.open(tree.image())) {
      assertThat(read.superblock().has(CramfsFlag.HOLES)).isTrue();
      CramfsNode hole = read.lookup(read.root(), "hole").orElseThrow();
      assertThat(tree.pointers(hole)[1]).isEqualTo(tree.pointers(hole)[0]);
    }
  }

  @Test
  void cramfs12_withoutHolesTheFlagIsNotSet() throws Exception {
    Files.delete(tree.source().resolve("hole"));
    CramfsOptions options = CramfsOptions.DEFAULT.withZeroBlocks(CramfsOptions.ZeroBlocks.HOLES);
    assertThat(tree.write(options).has(CramfsFlag.HOLES)).isFalse();
  }

  @Test
  void cramfs15_entriesAreInTheOrderOfTheirBytes() throws Exception {
    Files.createFile(tree.source().resolve("Z"));
    Files.createFile(tree.source().resolve("\u00e9"));
    Files.createFile(tree.source().resolve("\uffee"));
    Files.createFile(tree.source().resolve("\ud83d\ude00"));
    tree.write(CramfsOptions.DEFAULT);
    try (CramfsImage read = CramfsImage.open(tree.image())) {
      assertThat(read.children(read.root()))
          .extracting(CramfsNode::name)
          .containsExactly(
              "Z",
              "a",
              "b",
              "count",
              "d",
              "empty",
              "exact",
              "hole",
              "noise",
              "\u00e9",
              "\uffee",
              "\ud83d\ude00");
    }
    assertThat(CramfsChecker.check(tree.image(), 4096)).isEmpty();
  }

  @Test
  void cramfs20_duplicatesShareTheirData() throws Exception {
    tree.write(CramfsOptions.DEFAULT);
    assertThat(tree.node("a").number()).isEqualTo(tree.node("b").number());
  }

  @Test
  void cramfs20_duplicatesWithOtherPermissionsAreFilesOfTheirOwn() throws Exception {
    Files.setPosixFilePermissions(
        tree.source().resolve("b"), PosixFilePermissions.fromString("rwx------"));
    tree.write(CramfsOptions.DEFAULT);
    assertThat(tree.node("a").number()).isNotEqualTo(tree.node("b").number());
    assertThat(tree.node("b").permissions()).isEqualTo(0700);
  }

  @Test
  void cramfs20_duplicatesOfOtherOwnersAreFilesOfTheirOwn() {
    Originals originals = new Originals();
    SourceNode first = new SourceNode(tree.source(), new byte[] {'a'}, header(1, 2));
    first.place(100);
    assertThat(originals.add(first, new byte[5])).isTrue();
    SourceNode same = new SourceNode(tree.source(), new byte[] {'b'}, header(1, 2));
    assertThat(originals.add(same, new byte[5])).isFalse();
    assertThat(same.dataOffset()).isEqualTo(100);
    for (NodeHeader other : List.of(header(1, 3), header(2, 2))) {
      SourceNode node = new SourceNode(tree.source(), new byte[] {'c'}, other);
      assertThat(originals.add(node, new byte[5])).isTrue();
    }
  }

  @Test
  void linksAreNotFollowed() throws Exception {
    Files.createSymbolicLink(tree.source().resolve("link"), tree.host().getPath("d/../nowhere"));
    Files.createSymbolicLink(tree.source().resolve("loop"), tree.source());
    tree.write(CramfsOptions.DEFAULT);
    try (CramfsImage read = CramfsImage.open(tree.image())) {
      assertThat(read.linkTarget(tree.node("link"))).isEqualTo("d/../nowhere");
      assertThat(read.linkTarget(tree.node("loop"))).isEqualTo("/source");
    }
    assertThat(CramfsChecker.check(tree.image(), 4096)).isEmpty();
  }

  @Test
  void directoryGivenAsALink_isFollowed() throws Exception {
    Path link = Files.createSymbolicLink(tree.host().getPath("/link"), tree.source());
    CramfsWriter.write(link, tree.image(), CramfsOptions.DEFAULT);
    assertThat(tree.node("count").size()).isEqualTo(23890);
  }

  @Test
  void emptyDirectory_givesAnEmptyImage() throws Exception {
    Path empty = Files.createDirectory(tree.host().getPath("/empty"));
    CramfsWriter.write(empty, tree.image(), CramfsOptions.DEFAULT);
    try (CramfsImage read = CramfsImage.open(tree.image())) {
      assertThat(read.walk()).hasSize(1);
    }
    assertThat(CramfsChecker.check(tree.image(), 4096)).isEmpty();
    assertThat(Files.size(tree.image())).isEqualTo(4096);
  }

  @Test
  void cramfs23_fileOfAByteLessThan16MiB_isWritten() throws Exception {
    byte[] content = pattern((1 << 24) - 1);
    Files.write(tree.source().resolve("large"), content);
    tree.write(CramfsOptions.DEFAULT);
    try (CramfsImage read = CramfsImage.open(tree.image())) {
      assertThat(Arrays.equals(read.readAll(tree.node("large")), content)).isTrue();
    }
    assertThat(CramfsChecker.check(tree.image(), 4096)).isEmpty();
  }

  @Test
  void fileSystemWithoutModes_givesTheUsualOnes() throws Exception {
    try (FileSystem plain = Jimfs.newFileSystem(Configuration.windows())) {
      Path root = Files.createDirectory(plain.getPath("C:\\tree"));
      Files.createDirectory(root.resolve("d"));
      Files.createFile(root.resolve("f"));
      Files.createSymbolicLink(root.resolve("l"), plain.getPath("d\\x"));
      CramfsWriter.write(root, tree.image(), CramfsOptions.DEFAULT);
    }
    assertThat(tree.node("d").mode()).isEqualTo(0040755);
    assertThat(tree.node("f").mode()).isEqualTo(0100644);
    assertThat(tree.node("l").mode()).isEqualTo(0120777);
    try (CramfsImage read = CramfsImage.open(tree.image())) {
      assertThat(read.linkTarget(tree.node("l"))).isEqualTo("d/x");
    }
  }

  @Test
  void fileSystemWithPosixPermissions_givesThem() throws Exception {
    try (FileSystem posix =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setAttributeViews("basic", "posix").build())) {
      Path root = Files.createDirectory(posix.getPath("/tree"));
      Path file = Files.createFile(root.resolve("f"));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-x-w---x"));
      CramfsWriter.write(root, tree.image(), CramfsOptions.DEFAULT);
    }
    assertThat(tree.node("f").mode()).isEqualTo(0100521);
  }

  @Test
  void twoRuns_giveTheSameBytes() throws Exception {
    tree.write(CramfsOptions.DEFAULT.withInPlace(path -> path.endsWith("noise")));
    byte[] first = Files.readAllBytes(tree.image());
    tree.write(CramfsOptions.DEFAULT.withInPlace(path -> path.endsWith("noise")));
    assertThat(Files.readAllBytes(tree.image())).isEqualTo(first);
  }

  private static NodeHeader header(int uid, int gid) {
    return new NodeHeader(0100644, uid, gid, 5, 0, 0);
  }
}
