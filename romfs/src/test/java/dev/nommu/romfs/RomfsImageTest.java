package dev.nommu.romfs;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static dev.nommu.romfs.ImageBuilder.BLOCK_DEVICE;
import static dev.nommu.romfs.ImageBuilder.CHARACTER_DEVICE;
import static dev.nommu.romfs.ImageBuilder.DIRECTORY;
import static dev.nommu.romfs.ImageBuilder.FIFO;
import static dev.nommu.romfs.ImageBuilder.HARD_LINK;
import static dev.nommu.romfs.ImageBuilder.REGULAR;
import static dev.nommu.romfs.ImageBuilder.SOCKET;
import static dev.nommu.romfs.ImageBuilder.SYMBOLIC_LINK;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Errno;
import dev.nommu.image.TreeEntry;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of images, and their offsets. */
class RomfsImageTest {
  @Test
  void realImage_holdsTheFilesItWasMadeOf() throws Exception {
    RomfsImage image = RomfsImage.open(ImageBuilder.source(OracleImage.bytes()));
    List<TreeEntry<RomfsNode>> tree = image.walk();
    assertThat(tree.getFirst().path()).isEqualTo("/");
    assertThat(tree.stream().skip(1).map(entry -> entry.node().name()))
        .isEqualTo(OracleImage.FILES);
    for (TreeEntry<RomfsNode> entry : tree.subList(1, tree.size())) {
      assertThat(image.readAll(entry.node()))
          .as(entry.path())
          .isEqualTo(OracleImage.file(entry.node().name()));
    }
  }

  @Test
  void romfs10_headerOfTheRealImage() throws Exception {
    RomfsImage image = RomfsImage.open(ImageBuilder.source(OracleImage.bytes()));
    assertThat(image.header()).isEqualTo(new RomfsHeader(0x12bd0, 0xfd37ec6b, "oracle", 0x20));
  }

  @Test
  void romfs13_nodesOfTheRealImageAreWhereTheRecordingsMapThem() throws Exception {
    RomfsImage image = RomfsImage.open(ImageBuilder.source(OracleImage.bytes()));
    assertThat(image.children(image.root()))
        .filteredOn(node -> node.name().equals("page.bin"))
        .containsExactly(
            new RomfsNode(
                0xeb20, RomfsNode.Kind.REGULAR, false, 0xfb40, 0, 4096, "page.bin", 0xeb40));
  }

  @Test
  void open_readsAFileOfAnyHostFileSystem() throws Exception {
    try (FileSystem host = Jimfs.newFileSystem(Configuration.unix())) {
      Path path = Files.write(host.getPath("/image"), OracleImage.bytes());
      try (RomfsImage image = RomfsImage.open(path)) {
        RomfsNode big = image.walk().getLast().node();
        assertThat(image.readAll(big)).isEqualTo(OracleImage.file("big.bin"));
      }
      assertErrno(Errno.ENOENT, () -> RomfsImage.open(host.getPath("/nowhere")));
      Path other = Files.write(host.getPath("/other"), new byte[4096]);
      assertErrno(Errno.EINVAL, () -> RomfsImage.open(other));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 16, 31, 127, 128})
  void romfs12_rootFollowsThePaddedVolumeName(int length) throws Exception {
    int root = 16 + (length + 16) / 16 * 16;
    String name = "n".repeat(length);
    ImageBuilder builder = new ImageBuilder().text(0x10, "\0".repeat(0x50)).text(0x10, name);
    builder.node(root, DIRECTORY, root, 0, ".");
    RomfsImage image = builder.open();
    assertThat(image.header().volume()).isEqualTo(name);
    assertThat(image.root().offset()).isEqualTo(root);
  }

  @Test
  void romfs12_volumeNameIsCutAt128Bytes() throws Exception {
    ImageBuilder builder = new ImageBuilder().text(0x10, "n".repeat(140));
    builder.node(0xa0, DIRECTORY, 0xa0, 0, ".");
    assertThat(builder.open().header())
        .extracting(RomfsHeader::volume, RomfsHeader::rootOffset)
        .containsExactly("n".repeat(128), 0xa0L);
  }

  @Test
  void romfs12_wrongMagic_isEinval() {
    byte[] image = new ImageBuilder().bytes();
    image[7] = '+';
    assertErrno(Errno.EINVAL, () -> RomfsImage.open(ImageBuilder.source(image)))
        .withMessageContaining(
            "expected magic 0x2d726f6d3166732d at 0x0, found 0x2d726f6d3166732b");
  }

  @Test
  void romfs12_sizeBelow16_isEinval() {
    assertErrno(Errno.EINVAL, () -> new ImageBuilder().size(15).open())
        .withMessageContaining("expected a size of 16 or more at 0x8, found 15");
  }

  @Test
  void romfs12_wrongChecksum_isEinval() {
    byte[] image = new ImageBuilder().bytes();
    image[511]++;
    assertErrno(Errno.EINVAL, () -> RomfsImage.open(ImageBuilder.source(image)))
        .withMessageContaining("the first 512 bytes to sum up to 0, found 0x00000001");
  }

  @Test
  void romfs11_checksumEndsAt512Bytes() throws Exception {
    byte[] image = new ImageBuilder().bytes();
    image[512]++;
    RomfsImage.open(ImageBuilder.source(image));
  }

  @Test
  void romfs11_checksumEndsAtTheSizeOfASmallVolume() throws Exception {
    byte[] image = new ImageBuilder().size(0x60).bytes();
    image[0x60]++;
    RomfsImage.open(ImageBuilder.source(image));
  }

  @Test
  void romfs12_fewerThan512Bytes_isEio() {
    assertErrno(Errno.EIO, () -> RomfsImage.open(ImageBuilder.source(new byte[511])));
  }

  @Test
  void romfs12_rootThatIsNoDirectory_isEinval() {
    ImageBuilder builder = new ImageBuilder().node(0x20, REGULAR, 0, 0, "file");
    assertErrno(Errno.EINVAL, () -> builder.open()).withMessageContaining("at 0x20");
  }

  @Test
  void romfs12_rootPastTheVolume_isEio() {
    assertErrno(Errno.EIO, () -> new ImageBuilder().size(0x20).open());
  }

  @ParameterizedTest
  @CsvSource({"1, 0x80", "15, 0x80", "16, 0x90", "127, 0xf0", "128, 0x100"})
  void romfs13_dataFollowsThePaddedName(int length, String dataOffset) throws Exception {
    String name = "n".repeat(length);
    RomfsImage image = new ImageBuilder().node(0x60, REGULAR, 0, 4, name).open();
    assertThat(image.children(image.root()).getLast())
        .extracting(RomfsNode::name, RomfsNode::dataOffset)
        .containsExactly(name, (long) Integer.decode(dataOffset));
  }

  @Test
  void romfs13_nameOfMoreThan128Bytes_isEio() throws Exception {
    RomfsImage image = new ImageBuilder().node(0x60, REGULAR, 0, 4, "n".repeat(129)).open();
    assertErrno(Errno.EIO, () -> image.children(image.root()))
        .withMessageContaining("node at 0x60: expected a name of 128 bytes or less");
  }

  @Test
  void file17_nameThatIsNotUtf8_keepsItsBytes() throws Exception {
    RomfsImage image = new ImageBuilder().node(0x60, REGULAR, 0, 4, "caf\u00e9").open();
    assertThat(image.children(image.root()).getLast().name()).isEqualTo("caf\udce9");
  }

  @Test
  void romfs14_kindsByTheirNumbers() throws Exception {
    ImageBuilder builder = new ImageBuilder();
    int[] kinds = {
      HARD_LINK, DIRECTORY, REGULAR, SYMBOLIC_LINK, BLOCK_DEVICE, CHARACTER_DEVICE, SOCKET, FIFO
    };
    for (int at = 0x60, i = 0; i < kinds.length; i++, at += 0x20) {
      builder.node(at, (at + 0x20) | kinds[i], 0, 0, "n" + i);
    }
    builder.node(0x160, 0, 0, 0, "last");
    RomfsImage image = builder.open();
    assertThat(image.children(image.root()))
        .extracting(RomfsNode::kind)
        .startsWith(RomfsNode.Kind.DIRECTORY, RomfsNode.Kind.HARD_LINK)
        .containsSubsequence(
            RomfsNode.Kind.HARD_LINK,
            RomfsNode.Kind.DIRECTORY,
            RomfsNode.Kind.REGULAR,
            RomfsNode.Kind.SYMBOLIC_LINK,
            RomfsNode.Kind.BLOCK_DEVICE,
            RomfsNode.Kind.CHARACTER_DEVICE,
            RomfsNode.Kind.SOCKET,
            RomfsNode.Kind.FIFO)
        .hasSize(11);
  }

  @Test
  void romfs14_deviceHasMajorAndMinorInItsSpec() throws Exception {
    RomfsImage image = new ImageBuilder().node(0x60, CHARACTER_DEVICE, 0x5012c, 0, "c").open();
    assertThat(image.children(image.root()).getLast())
        .extracting(RomfsNode::major, RomfsNode::minor)
        .containsExactly(5, 300);
  }

  @Test
  void romfs15_wrongNodeChecksum_isNotNoticed() throws Exception {
    RomfsImage image = new ImageBuilder().node(0x60, REGULAR, 0, 0, "f").word(0x6c, 1).open();
    assertThat(image.children(image.root())).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x400, 0x7ffffff0, 0xfffffff0})
  void romfs19_walkEndsAtZeroAndPastTheVolume(int next) throws Exception {
    RomfsImage image = new ImageBuilder().node(0x60, next | REGULAR, 0, 0, "last").open();
    assertThat(image.children(image.root())).hasSize(3);
  }

  @Test
  void romfs19_nodeThatComesAgain_isEio() throws Exception {
    RomfsImage image =
        new ImageBuilder()
            .node(0x60, 0x80 | REGULAR, 0, 0, "a")
            .node(0x80, 0x60 | REGULAR, 0, 0, "b")
            .open();
    assertErrno(Errno.EIO, () -> image.children(image.root()))
        .withMessageContaining("found the one at 0x80 again");
  }

  @Test
  void romfs19_dataPastTheVolume_isEio() throws Exception {
    RomfsImage image = new ImageBuilder().node(0x60, REGULAR, 0, 0x381, "long").open();
    RomfsNode node = image.children(image.root()).getLast();
    assertThat(image.read(node, MemorySegment.ofArray(new byte[0x380]), 0)).isEqualTo(0x380);
    assertErrno(Errno.EIO, () -> image.read(node, MemorySegment.ofArray(new byte[0x381]), 0))
        .withMessageContaining("found the end of the volume at 0x400");
    assertErrno(Errno.EIO, () -> image.readAll(node));
  }

  @Test
  void romfs19_sizeOf4GiB_isRefusedBeforeMemoryIsTaken() throws Exception {
    RomfsImage image = new ImageBuilder().node(0x60, REGULAR, 0, 0x7fffff00, "huge").open();
    RomfsNode huge = image.children(image.root()).getLast();
    assertErrno(Errno.EIO, () -> image.readAll(huge));
    RomfsImage larger = new ImageBuilder().node(0x60, REGULAR, 0, -1, "huge").open();
    RomfsNode largest = larger.children(larger.root()).getLast();
    assertThat(largest.size()).isEqualTo(0xffff_ffffL);
    assertErrno(Errno.EFBIG, () -> larger.readAll(largest));
  }

  @Test
  void read_givesWhatIsThereAndNothingAtTheEnd() throws Exception {
    RomfsImage image =
        new ImageBuilder().node(0x60, REGULAR, 0, 5, "f").text(0x80, "hello!").open();
    RomfsNode node = image.children(image.root()).getLast();
    byte[] bytes = new byte[16];
    assertThat(image.read(node, MemorySegment.ofArray(bytes), 1)).isEqualTo(4);
    assertThat(bytes).startsWith('e', 'l', 'l', 'o', 0);
    assertThat(image.read(node, MemorySegment.ofArray(bytes), 5)).isZero();
    assertThat(image.read(node, MemorySegment.ofArray(bytes), Long.MAX_VALUE)).isZero();
  }

  @Test
  void walk_listsEachNodeOnce() throws Exception {
    RomfsImage image =
        new ImageBuilder()
            .node(0x60, 0x80 | DIRECTORY, 0xa0, 0, "d")
            .node(0x80, HARD_LINK, 0x60, 0, "same")
            .node(0xa0, 0xc0 | DIRECTORY, 0x60, 0, "back")
            .node(0xc0, 0x80 | REGULAR, 0, 0, "joins")
            .open();
    assertThat(image.walk())
        .extracting(TreeEntry::path)
        .containsExactly("/", "/d", "/d/back", "/d/joins", "/same");
  }

  @Test
  void romfs18_emptyDirectoryOfGenromfsThatHoldsItself_isEmptyInAWalk() throws Exception {
    RomfsImage image =
        new ImageBuilder()
            .node(0x60, 0x80 | DIRECTORY, 0x60, 0, "e")
            .node(0x80, REGULAR, 0, 0, "f")
            .open();
    assertThat(image.walk()).extracting(TreeEntry::path).containsExactly("/", "/e", "/f");
  }

  @Test
  void romfs20_whatLiesBetweenNodes_isNotLookedAt() throws Exception {
    RomfsImage image =
        new ImageBuilder()
            .node(0x60, 0xa0 | REGULAR, 0, 0, "a")
            .text(0x80, "xyz tag of 32 bytes, not a node.")
            .node(0xa0, REGULAR, 0, 0, "b")
            .open();
    assertThat(image.walk()).extracting(TreeEntry::path).containsExactly("/", "/a", "/b");
  }
}
