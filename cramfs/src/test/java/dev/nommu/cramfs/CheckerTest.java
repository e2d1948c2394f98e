package dev.nommu.cramfs;

import static dev.nommu.cramfs.TestImage.DIRECT;
import static dev.nommu.cramfs.TestImage.ENTRY;
import static dev.nommu.cramfs.TestImage.EXT_BLOCK_POINTERS;
import static dev.nommu.cramfs.TestImage.ROOT;
import static dev.nommu.cramfs.TestImage.TABLE;
import static dev.nommu.cramfs.TestImage.UNCOMPRESSED;
import static dev.nommu.cramfs.TestImage.deflated;
import static dev.nommu.cramfs.TestImage.pattern;
import static dev.nommu.fixtures.Errnos.assertErrno;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Errno;
import dev.nommu.fixtures.FakeStore;
import dev.nommu.image.ByteSource;
import dev.nommu.image.Finding;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule CRAMFS-22, point by point. */
class CheckerTest {
  @ParameterizedTest
  @ValueSource(strings = {"big.img", "little.img", "boot.img", "block16k.img", "oracle.img"})
  void cramfs22_nothingIsWrongWithImagesOfTheTools(String name) throws Exception {
    ByteSource source = ByteSource.of(FakeStore.disk(Resources.bytes(name)));
    assertThat(CramfsChecker.check(source, Resources.blockSize(name))).isEmpty();
  }

  @Test
  void cramfs22_nothingIsWrongWithAnImageInAFile() throws Exception {
    try (FileSystem host = Jimfs.newFileSystem(Configuration.unix())) {
      Path image = host.getPath("/big.img");
      Files.write(image, Resources.bytes("big.img"));
      assertThat(CramfsChecker.check(image, 4096)).isEmpty();
    }
  }

  @Test
  void imageThatIsNotThere_isEnoent() {
    assertErrno(
        Errno.ENOENT, () -> CramfsChecker.check(Path.of("/nowhere/x.img"), 4096), "/nowhere/x.img");
  }

  @Test
  void cramfs22_lengthBelow76() throws Exception {
    assertThat(check(new byte[75]))
        .containsExactly(
            new Finding(0, "superblock", "magic 0x28cd3d45 at 0x0 or 0x200", "75 bytes in all"));
  }

  @Test
  void cramfs22_magic() throws Exception {
    assertOne(good().word(0, 0xbad), 0, "superblock", "magic 0x28cd3d45");
  }

  @Test
  void cramfs22_flags() throws Exception {
    assertOne(good().flags(0x1003).seal(), 8, "superblock", "flags of 0xfff only", "0x1003");
  }

  @Test
  void signature() throws Exception {
    assertOne(good().text(16, "compressed").seal(), 16, "superblock", "Compressed ROMFS");
    assertThat(check(good().text(16, "compressed").flags(0x203).seal().array())).isEmpty();
  }

  @Test
  void cramfs22_sizeBelowTheSuperblock() throws Exception {
    assertThat(check(good().word(4, 75).array()))
        .contains(new Finding(4, "superblock", "a size of 76 or more", "75 bytes"));
  }

  @Test
  void cramfs22_sizeAboveTheDevice() throws Exception {
    assertOne(good().word(4, 65537), 4, "superblock", "65537 bytes as the superblock says");
  }

  @Test
  void cramfs22_noFiles() throws Exception {
    assertOne(good().word(44, 0).seal(), 44, "superblock", "a count of files");
  }

  @Test
  void cramfs22_checksum() throws Exception {
    TestImage image = good().seal();
    int right = image.bytes.getInt(32);
    assertOne(
        image.word(60000, 1).seal().word(32, right),
        32,
        "superblock",
        "checksum 0x",
        "0x%08x".formatted(right));
  }

  @Test
  void cramfs22_oldFormatHasNoChecksum() throws Exception {
    assertThat(check(good().flags(2).word(4, 0).word(32, 0xbad).word(44, 0).array())).isEmpty();
  }

  @Test
  void cramfs22_rootThatIsNoDirectory() throws Exception {
    TestImage image = good().node(ROOT, 0100755, 0, 0, 16, 0, 76).seal();
    assertOne(image, 64, "superblock", "a root directory");
  }

  @Test
  void cramfs22_rootOffset() throws Exception {
    TestImage image = new TestImage(LITTLE_ENDIAN, 4096).node(ROOT, 0040755, 0, 0, 0, 0, 80);
    assertOne(image.seal(), 64, "superblock", "SHIFTED_ROOT_OFFSET", "0x50");
  }

  @Test
  void cramfs22_directoryWithSizeAndWithoutOffset() throws Exception {
    assertOne(entry(0040755, 16, 0), ENTRY, "/file", "an offset", "size 16, offset 0x0");
  }

  @Test
  void cramfs22_rootWithSizeAndWithoutOffset() throws Exception {
    TestImage image = new TestImage(LITTLE_ENDIAN, 4096).node(ROOT, 0040755, 0, 0, 16, 0, 0);
    assertOne(image.seal(), 64, "/", "an offset");
  }

  @Test
  void cramfs22_directoryOutsideTheImage() throws Exception {
    assertOne(entry(0040755, 16, 65532), ENTRY, "/file", "directory entries between");
    assertOne(entry(0040755, 16, 4), ENTRY, "/file", "directory entries between 0x4c");
  }

  @Test
  void cramfs22_directoryThatIsItsOwnChild() throws Exception {
    assertOne(entry(0040755, 16, ENTRY), ENTRY, "/file", "entries of its own", "or a loop");
  }

  @Test
  void cramfs22_fileWithSizeAndWithoutOffset() throws Exception {
    assertOne(entry(0100644, 5, 0), ENTRY, "/file", "either size and offset or neither");
  }

  @Test
  void cramfs22_fileWithOffsetAndWithoutSize() throws Exception {
    assertOne(entry(0100644, 0, TABLE), ENTRY, "/file", "either size and offset or neither");
  }

  @Test
  void cramfs22_linkWithoutSizeOrOffset() throws Exception {
    assertOne(entry(0120777, 0, TABLE), ENTRY, "/file", "a path of 1 to 4095 bytes");
    assertOne(entry(0120777, 5, 0), ENTRY, "/file", "a path of 1 to 4095 bytes");
    assertOne(entry(0120777, 4096, TABLE), ENTRY, "/file", "a path of 1 to 4095 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0020666, 0060660, 0010644, 0140755})
  void cramfs22_specialFileWithOffset(int mode) throws Exception {
    assertOne(entry(mode, 0, TABLE), ENTRY, "/file", "no offset", "0x5c");
  }

  @ParameterizedTest
  @ValueSource(ints = {0010644, 0140755})
  void cramfs22_fifoOrSocketWithSize(int mode) throws Exception {
    assertOne(entry(mode, 3, 0), ENTRY, "/file", "size 0", "size 3");
  }

  @Test
  void modeOfNoKindOfFile() throws Exception {
    assertOne(entry(0070644, 0, 0), ENTRY, "/file", "a kind of file", "mode 070644");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "/", "a/b", "a\0b"})
  void cramfs22_nameNoFileCanHave(String name) throws Exception {
    List<Finding> findings = check(NodeTest.twoEntries(name, "zzz").seal().array());
    assertThat(findings).anyMatch(finding -> finding.expected().equals("a name"));
    assertThat(findings).allMatch(finding -> finding.offset() == ENTRY);
  }

  @Test
  void cramfs22_nameOfLength0() throws Exception {
    TestImage image =
        new TestImage(LITTLE_ENDIAN, 4096)
            .node(ROOT, 0040755, 0, 0, 12, 0, 76)
            .node(76, 0100644, 0, 0, 0, 0, 0);
    assertOne(image.seal(), ENTRY, "/", "a name", "\"\"");
  }

  @Test
  void cramfs22_nameWithMoreThan3BytesOfPadding() throws Exception {
    TestImage image =
        new TestImage(LITTLE_ENDIAN, 4096)
            .node(ROOT, 0040755, 0, 0, 20, 0, 76)
            .node(76, 0100644, 0, 0, 0, 8, 0)
            .text(88, "four");
    assertOne(image.seal(), ENTRY, "/", "padded with 0 to 3 zeros", "4 zeros");
  }

  @Test
  void namesThatAreNotSortedAlthoughTheFlagSaysSo() throws Exception {
    assertOne(NodeTest.twoEntries("zzz", "aaa").seal(), 92, "/", "names in order", "\"aaa\"");
    assertThat(check(NodeTest.twoEntries("zzz", "aaa").flags(1).seal().array())).isEmpty();
  }

  @Test
  void nameThatComesTwice() throws Exception {
    assertOne(NodeTest.twoEntries("aaa", "aaa").seal(), 92, "/", "a name for each entry");
  }

  @Test
  void cramfs22_entryPastTheSizeOfItsDirectory() throws Exception {
    TestImage image = NodeTest.twoEntries("aaa", "zzz").node(ROOT, 0040755, 0, 0, 31, 0, 76);
    assertOne(image.seal(), 92, "/", "an entry that ends in its directory", "at 0x6b");
  }

  @Test
  void cramfs22_blockOfMoreThanTwoPages() throws Exception {
    assertOne(file(100, TABLE + 4 + 8193), TABLE, "/file", "block 0 of 0 to 8192 bytes");
  }

  @Test
  void cramfs22_blockThatIsNoStream() throws Exception {
    assertOne(file(100, TABLE + 4 + 50), TABLE + 4, "/file", "a zlib stream of 100 bytes");
  }

  @Test
  void cramfs22_blockThatInflatesToLess() throws Exception {
    byte[] stream = deflated(pattern(99));
    TestImage image = file(100, TABLE + 4 + stream.length).put(TABLE + 4, stream).seal();
    assertOne(image, TABLE + 4, "/file", "a block of 100 bytes", "99 bytes");
  }

  @Test
  void cramfs22_blockThatInflatesToMoreThanTheFileHas() throws Exception {
    byte[] stream = deflated(pattern(101));
    TestImage image = file(100, TABLE + 4 + stream.length).put(TABLE + 4, stream).seal();
    assertOne(image, TABLE + 4, "/file", "a block of 100 bytes", "101 bytes");
  }

  @Test
  void cramfs22_holeIsRight() throws Exception {
    assertThat(check(file(100, TABLE + 4).array())).isEmpty();
  }

  @Test
  void cramfs22_endOfDirectoriesIsNotTheStartOfData() throws Exception {
    TestImage image = new TestImage(LITTLE_ENDIAN, 4096).word(44, 2);
    image.node(ROOT, 0040755, 0, 0, 16, 0, 76);
    image.node(ENTRY, 0100644, 0, 0, 4, 4, 100).text(88, "file").word(100, 104);
    assertOne(image.seal(), 92, "superblock", "block pointers where the directories end", "0x64");
  }

  @Test
  void cramfs22_dataPastTheEndOfTheImage() throws Exception {
    byte[] stream = deflated(pattern(100));
    TestImage image = file(100, TABLE + 4 + stream.length).put(TABLE + 4, stream);
    assertOne(image.word(4, TABLE + 6).seal(), TABLE + 4, "/file", "a block between", "at 0x60");
  }

  @Test
  void cramfs22_pointersPastTheEndOfTheImage() throws Exception {
    TestImage image = file(100, TABLE + 4).word(4, TABLE + 2).seal();
    assertOne(image, ENTRY, "/file", "block pointers between 0x4c and 0x5e");
  }

  @Test
  void cramfs22_extendedPointerWithoutTheFlag() throws Exception {
    TestImage image = file(100, UNCOMPRESSED | DIRECT | 0x400);
    assertOne(image, TABLE, "/file", "a plain pointer", "0xc0000400");
    assertThat(check(image.flags(3 | EXT_BLOCK_POINTERS).seal().array())).isEmpty();
  }

  @Test
  void cramfs19_lastDirectBlockOfAWholeNumberOfPagesIsRight() throws Exception {
    TestImage image = file(4096, UNCOMPRESSED | DIRECT | 0x400);
    assertThat(check(image.flags(3 | EXT_BLOCK_POINTERS).seal().array())).isEmpty();
  }

  @Test
  void filesWithTheSameBlocksAndDifferentSizes() throws Exception {
    TestImage image = new TestImage(LITTLE_ENDIAN, 4096).word(44, 3);
    image.node(ROOT, 0040755, 0, 0, 32, 0, 76);
    image.node(76, 0100644, 0, 0, 4, 4, 108).text(88, "aaa");
    image.node(92, 0100644, 0, 0, 5, 4, 108).text(104, "zzz").word(108, 112);
    assertThat(check(image.seal().array()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.toString()).contains("another file", "bytes"));
  }

  @Test
  void fsckCramfsKnowsNothingOfBlockSizes_soAWrongOneIsFound() throws Exception {
    ByteSource source = ByteSource.of(FakeStore.disk(Resources.bytes("block16k.img")));
    assertThat(CramfsChecker.check(source, 4096)).isNotEmpty();
  }

  @Test
  void atMost1000FindingsAreMade() throws Exception {
    int[] pointers = new int[4000];
    Arrays.fill(pointers, UNCOMPRESSED | DIRECT | 0x3fffffff);
    assertThat(check(TestImage.withFile(4000 * 4096, pointers).seal().array())).hasSize(1000);
  }

  @Test
  void findingSaysAllOnOneLine() {
    assertThat(new Finding(76, "/a", "b", "c")).hasToString("0x4c /a: expected b, found c");
  }

  private static TestImage good() throws Exception {
    byte[] stream = deflated(pattern(100));
    TestImage image = TestImage.withFile(100, TABLE + 4 + stream.length).put(TABLE + 4, stream);
    assertThat(check(image.seal().array())).isEmpty();
    return image;
  }

  private static TestImage entry(int mode, int size, int offset) {
    return TestImage.withFile(0).node(ENTRY, mode, 0, 0, size, 4, offset).seal();
  }

  private static TestImage file(int size, int pointer) {
    return TestImage.withFile(size, pointer).seal();
  }

  private static List<Finding> check(byte[] image) throws Exception {
    return CramfsChecker.check(ByteSource.of(FakeStore.disk(image)), 4096);
  }

  private static void assertOne(TestImage image, long offset, String path, String... words)
      throws Exception {
    assertThat(check(image.array()))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.offset()).isEqualTo(offset);
          assertThat(finding.subject()).isEqualTo(path);
          assertThat(finding.toString()).contains(words);
        });
  }
}
