package dev.nommu.cramfs;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.FileKind;
import dev.nommu.image.TreeEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules CRAMFS-13, CRAMFS-14, CRAMFS-15 and CRAMFS-20: nodes and directories. */
class NodeTest {
  private static final ByteOrder[] BOTH = {BIG_ENDIAN, LITTLE_ENDIAN};

  @Test
  void cramfs13_eachFieldIsWhereTheByteOrderPutsIt() {
    for (ByteOrder order : BOTH) {
      TestImage image =
          new TestImage(order, 4096).node(100, 0104711, 0xfedc, 0xab, 0x123456, 252, 0xffffffc);
      assertThat(NodeHeader.decode(image.bytes, 100))
          .isEqualTo(new NodeHeader(0104711, 0xfedc, 0xab, 0x123456, 252, 0xffffffc));
    }
  }

  @Test
  void cramfs13_encodingIsTheInverseOfDecoding() {
    for (ByteOrder order : BOTH) {
      NodeHeader header = new NodeHeader(0177777, 0xffff, 0xff, 0xffffff, 252, 0xffffffcL);
      ByteBuffer bytes = ByteBuffer.allocate(12).order(order);
      header.encode(bytes);
      assertThat(NodeHeader.decode(bytes, 0)).isEqualTo(header);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"big.img", "little.img", "boot.img", "block16k.img"})
  void cramfs14_treeOfMkfsCramfsIsReadWhole(String name) throws Exception {
    Map<String, String> nodes = new TreeMap<>();
    try (CramfsImage image = Resources.open(name)) {
      for (TreeEntry<CramfsNode> entry : image.walk()) {
        CramfsNode node = entry.node();
        nodes.put(
            entry.path(),
            "%s %o %d:%d"
                .formatted(node.requireKind(), node.permissions(), node.uid(), node.gid()));
      }
    }
    assertThat(nodes)
        .containsExactly(
            Map.entry("/", "DIRECTORY 700 0:0"),
            Map.entry("/a", "REGULAR 644 0:0"),
            Map.entry("/b", "REGULAR 644 0:0"),
            Map.entry("/count", "REGULAR 600 1000:100"),
            Map.entry("/d", "DIRECTORY 755 0:0"),
            Map.entry("/d/blk", "BLOCK_DEVICE 660 0:0"),
            Map.entry("/d/c", "CHARACTER_DEVICE 666 0:0"),
            Map.entry("/d/e", "DIRECTORY 755 0:0"),
            Map.entry("/d/fifo", "FIFO 644 0:0"),
            Map.entry("/d/link", "SYMBOLIC_LINK 777 0:0"),
            Map.entry("/d/na\udcefve", "REGULAR 644 0:0"),
            Map.entry("/d/sock", "SOCKET 755 0:0"),
            Map.entry("/d/suid", "REGULAR 4711 0:0"),
            Map.entry("/d/\u00e9t\u00e9", "REGULAR 644 0:0"),
            Map.entry("/empty", "REGULAR 644 0:0"),
            Map.entry("/exact", "REGULAR 644 0:0"),
            Map.entry("/hole", "REGULAR 644 0:0"),
            Map.entry("/noise", "REGULAR 755 65534:255"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"big.img", "little.img", "boot.img", "block16k.img"})
  void cramfs14_filesOfMkfsCramfsAreReadByteForByte(String name) throws Exception {
    try (CramfsImage image = Resources.open(name)) {
      Map<String, byte[]> expected = Resources.sampleFiles();
      for (TreeEntry<CramfsNode> entry : image.walk()) {
        if (entry.node().requireKind() == FileKind.REGULAR) {
          assertThat(image.readAll(entry.node()))
              .as(entry.path())
              .isEqualTo(expected.remove(entry.path()));
        }
      }
      assertThat(expected).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"big.img", "little.img"})
  void cramfs14_deviceNumberIsInTheSize(String name) throws Exception {
    try (CramfsImage image = Resources.open(name)) {
      CramfsNode d = child(image, image.root(), "d");
      assertThat(child(image, d, "c").device()).isEqualTo(new DeviceNumber(5, 1));
      assertThat(child(image, d, "blk").device()).isEqualTo(new DeviceNumber(31, 3));
    }
  }

  @Test
  void cramfs14_majorAndMinorHave8BitsEach() {
    CramfsNode node = new CramfsNode(76, 0020666, 0, 0, 0xabfefd, 0, "dev");
    assertThat(node.device()).isEqualTo(new DeviceNumber(0xfe, 0xfd));
  }

  @Test
  void cramfs14_linkTargetIsItsContent() throws Exception {
    try (CramfsImage image = Resources.open("little.img")) {
      CramfsNode d = child(image, image.root(), "d");
      assertThat(image.linkTarget(child(image, d, "link"))).isEqualTo("../a");
    }
  }

  @Test
  void cramfs14_linkWithoutTarget_isEio() throws Exception {
    TestImage image =
        TestImage.withFile(0).node(TestImage.ENTRY, 0120777, 0, 0, 0, 4, TestImage.TABLE);
    try (CramfsImage open = image.open()) {
      CramfsNode link = child(open, open.root(), "file");
      assertErrno(Errno.EIO, () -> open.linkTarget(link), "a path of 1 to 4095 bytes");
    }
  }

  @Test
  void cramfs14_linkTargetEndsAtANul() throws Exception {
    try (CramfsImage image = linkTo("ab\0cd").open()) {
      assertThat(image.linkTarget(child(image, image.root(), "file"))).isEqualTo("ab");
    }
  }

  @Test
  void cramfs14_linkTargetThatBeginsWithANul_isEio() throws Exception {
    try (CramfsImage image = linkTo("\0bcd").open()) {
      CramfsNode link = child(image, image.root(), "file");
      assertErrno(Errno.EIO, () -> image.linkTarget(link), "found an empty path");
    }
  }

  private static TestImage linkTo(String target) {
    int size = target.length();
    return TestImage.withFile(size, (TestImage.TABLE + 4 + size) | TestImage.UNCOMPRESSED)
        .node(TestImage.ENTRY, 0120777, 0, 0, size, 4, TestImage.TABLE)
        .text(TestImage.TABLE + 4, target);
  }

  @Test
  void cramfs14_linkToMoreThanAPathCanHave_isEio() throws Exception {
    TestImage image =
        TestImage.withFile(4096, (TestImage.TABLE + 4 + 4096) | TestImage.UNCOMPRESSED)
            .node(TestImage.ENTRY, 0120777, 0, 0, 4096, 4, TestImage.TABLE)
            .text(TestImage.TABLE + 4, "x".repeat(4096));
    try (CramfsImage open = image.open()) {
      CramfsNode link = child(open, open.root(), "file");
      assertErrno(Errno.EIO, () -> open.linkTarget(link), "found 4096 bytes");
    }
    image.node(TestImage.ENTRY, 0120777, 0, 0, 4095, 4, TestImage.TABLE);
    try (CramfsImage open = image.open()) {
      CramfsNode link = child(open, open.root(), "file");
      assertThat(open.linkTarget(link)).isEqualTo("x".repeat(4095));
    }
  }

  @Test
  void cramfs14_namesMayHave252Bytes() throws Exception {
    String name = "n".repeat(252);
    TestImage image =
        new TestImage(LITTLE_ENDIAN, 4096)
            .node(TestImage.ROOT, 0040755, 0, 0, 264, 0, 76)
            .node(76, 0100644, 0, 0, 0, 252, 0)
            .text(88, name);
    try (CramfsImage open = image.open()) {
      assertThat(child(open, open.root(), name).name()).isEqualTo(name);
    }
  }

  @Test
  void cramfs15_emptyDirectoryHasNoChildren() throws Exception {
    try (CramfsImage image = Resources.open("little.img")) {
      CramfsNode d = child(image, image.root(), "d");
      assertThat(image.children(child(image, d, "e"))).isEmpty();
      assertThat(image.lookup(d, "nothing")).isEmpty();
    }
  }

  @Test
  void cramfs15_unsortedDirectoryIsSearchedToItsEnd() throws Exception {
    TestImage image = twoEntries("zzz", "aaa").flags(TestImage.FSID_VERSION_2);
    try (CramfsImage open = image.open()) {
      assertThat(open.children(open.root()))
          .extracting(CramfsNode::name)
          .containsExactly("zzz", "aaa");
      assertThat(open.lookup(open.root(), "aaa")).isPresent();
    }
  }

  @Test
  void cramfs15_entryThatEndsPastItsDirectory_isEio() throws Exception {
    TestImage image = twoEntries("aaa", "zzz").node(TestImage.ROOT, 0040755, 0, 0, 28, 0, 76);
    try (CramfsImage open = image.open()) {
      assertErrno(
          Errno.EIO, () -> open.children(open.root()), "entry at 0x5c", "directory the root");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a/b", "a\0b", "/"})
  void nameNoFileCanHave_isEioInAListAndNeverFound(String name) throws Exception {
    try (CramfsImage open = twoEntries(name, "zzz").open()) {
      assertErrno(Errno.EIO, () -> open.children(open.root()), "entry at 0x4c", "expected a name");
      assertThat(open.lookup(open.root(), "zzz")).isPresent();
    }
  }

  @Test
  void cramfs24_entryWithoutName_isEio() throws Exception {
    try (CramfsImage open = twoEntries("", "zzz").open()) {
      assertErrno(Errno.EIO, () -> open.children(open.root()), "expected a name");
      assertErrno(Errno.EIO, () -> open.lookup(open.root(), "zzz"), "expected a name");
    }
  }

  @Test
  void cramfs20_numberIsWhereTheDataIs() throws Exception {
    try (CramfsImage image = Resources.open("little.img")) {
      assertThat(image.root().number()).isEqualTo(0x4c);
      assertThat(child(image, image.root(), "count").number()).isEqualTo(0x184);
      assertThat(child(image, image.root(), "d").number()).isEqualTo(0xdc);
    }
  }

  @Test
  void cramfs20_numberWithoutDataIsTheEntryAnd1() throws Exception {
    try (CramfsImage image = Resources.open("little.img")) {
      CramfsNode d = child(image, image.root(), "d");
      assertThat(child(image, image.root(), "empty").number()).isEqualTo(0xa4 - 0x14 + 1);
      assertThat(child(image, d, "c").number()).isEqualTo(0xec + 1);
      assertThat(child(image, d, "e").number()).isEqualTo(0xfc + 1);
    }
    try (CramfsImage empty = new TestImage(LITTLE_ENDIAN, 4096).open()) {
      assertThat(empty.root().number()).isEqualTo(1);
    }
  }

  @Test
  void cramfs20_filesWithTheSameContentAreOneInode() throws Exception {
    try (CramfsImage image = Resources.open("big.img")) {
      assertThat(child(image, image.root(), "a").number())
          .isEqualTo(child(image, image.root(), "b").number());
    }
  }

  @Test
  void modeOfNoKindOfFile_isEioOnlyForThatFile() throws Exception {
    TestImage image = twoEntries("aaa", "zzz").node(76, 0070644, 0, 0, 0, 4, 0);
    try (CramfsImage open = image.open()) {
      CramfsNode odd = child(open, open.root(), "aaa");
      assertThat(odd.kind()).isEmpty();
      assertErrno(Errno.EIO, odd::requireKind, "found 070644");
      assertThat(child(open, open.root(), "zzz").requireKind()).isEqualTo(FileKind.REGULAR);
    }
  }

  static TestImage twoEntries(String first, String second) {
    return new TestImage(LITTLE_ENDIAN, 4096)
        .node(TestImage.ROOT, 0040755, 0, 0, 32, 0, 76)
        .node(76, 0100644, 0, 0, 0, 4, 0)
        .text(88, first)
        .node(92, 0100644, 0, 0, 0, 4, 0)
        .text(104, second);
  }

  private static CramfsNode child(CramfsImage image, CramfsNode directory, String name)
      throws Exception {
    return image.lookup(directory, name).orElseThrow();
  }
}
