package dev.nommu.cramfs;

import static dev.nommu.cramfs.TestImage.DIRECT;
import static dev.nommu.cramfs.TestImage.UNCOMPRESSED;
import static dev.nommu.cramfs.TestImage.deflated;
import static dev.nommu.cramfs.TestImage.pattern;
import static dev.nommu.fixtures.Errnos.assertErrno;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Profile;
import dev.nommu.fixtures.FakeStore;
import dev.nommu.fixtures.Mounts;
import dev.nommu.image.ByteSource;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules CRAMFS-16 to CRAMFS-19: block pointers and blocks. */
class ContentTest {
  private static final int TABLE = TestImage.TABLE;
  private static final ByteOrder[] BOTH = {BIG_ENDIAN, LITTLE_ENDIAN};

  @Test
  void cramfs16_pointersAreTheEndsOfBlocksThatFollowTheTable() throws Exception {
    byte[] content = pattern(4096 + 100);
    byte[] first = deflated(Arrays.copyOf(content, 4096));
    byte[] second = deflated(Arrays.copyOfRange(content, 4096, content.length));
    for (ByteOrder order : BOTH) {
      int start = TABLE + 8;
      int middle = start + first.length;
      TestImage image =
          TestImage.withFile(order, content.length, middle, middle + second.length)
              .put(start, first)
              .put(middle, second);
      assertThat(image.readFile()).isEqualTo(content);
    }
  }

  @Test
  void cramfs16_blockOfLength0IsAHole() throws Exception {
    byte[] last = deflated(pattern(10));
    int start = TABLE + 12;
    TestImage image =
        TestImage.withFile(8192 + 10, start, start, start + last.length).put(start, last);
    byte[] expected = new byte[8192 + 10];
    System.arraycopy(pattern(10), 0, expected, 8192, 10);
    assertThat(image.readFile()).isEqualTo(expected);
  }

  @Test
  void cramfs16_pointersOutsideTheImage_areEio() {
    TestImage image = TestImage.withFile(100, 0).node(76, 0100644, 0, 0, 100, 4, 65536);
    assertErrno(Errno.EIO, image::readFile, "block pointers", "4 bytes at 0x10000");
  }

  @Test
  void cramfs16_blockThatEndsBeforeItBegins_isEio() {
    TestImage image = TestImage.withFile(100, TABLE);
    assertErrno(Errno.EIO, image::readFile, "at 0x5c", "0 to 8192 bytes", "found 0x60 to 0x5c");
  }

  @Test
  void cramfs16_blockPastTheEndOfTheImage_isEio() {
    TestImage image = TestImage.withFile(100, 65537 | UNCOMPRESSED);
    assertErrno(Errno.EIO, image::readFile, "block 0");
    TestImage direct = TestImage.withFile(100, UNCOMPRESSED | DIRECT | (65536 - 96) / 4);
    assertErrno(Errno.EIO, direct::readFile, "inside the image", "0xffa0 to 0x10004");
  }

  @Test
  void cramfs17_uncompressedPlainBlock() throws Exception {
    byte[] content = pattern(4096 + 50);
    int start = TABLE + 8;
    TestImage image =
        TestImage.withFile(content.length, start + 4096 | UNCOMPRESSED, start + 4146 | UNCOMPRESSED)
            .put(start, content);
    assertThat(image.readFile()).isEqualTo(content);
  }

  @Test
  void cramfs18_shortUncompressedBlockIsFilledWithZeros() throws Exception {
    int start = TABLE + 8;
    TestImage image =
        TestImage.withFile(4096 + 20, (start + 10) | UNCOMPRESSED, (start + 30) | UNCOMPRESSED)
            .put(start, pattern(10))
            .put(start + 10, pattern(20));
    byte[] expected = new byte[4096 + 20];
    System.arraycopy(pattern(10), 0, expected, 0, 10);
    System.arraycopy(pattern(20), 0, expected, 4096, 20);
    assertThat(image.readFile()).isEqualTo(expected);
  }

  @Test
  void cramfs17_uncompressedDirectBlocksMayLieAnywhere() throws Exception {
    byte[] content = pattern(4096 + 50);
    for (ByteOrder order : BOTH) {
      TestImage image =
          TestImage.withFile(
                  order,
                  content.length,
                  UNCOMPRESSED | DIRECT | 0x9124 / 4,
                  UNCOMPRESSED | DIRECT | 0x2000 / 4)
              .put(0x9124, Arrays.copyOf(content, 4096))
              .put(0x2000, Arrays.copyOfRange(content, 4096, content.length));
      assertThat(image.readFile()).isEqualTo(content);
    }
  }

  @Test
  void cramfs17_directBlocksThatFollowEachOther_areReadInOnePiece() throws Exception {
    byte[] content = pattern(4 * 4096);
    int direct = UNCOMPRESSED | DIRECT | 0x2000 / 4;
    TestImage image =
        TestImage.withFile(content.length, direct, direct + 1024, direct + 2048, direct + 3072)
            .put(0x2000, content);
    FakeStore store = image.disk();
    try (CramfsImage open = CramfsImage.open(ByteSource.of(store), 4096)) {
      CramfsContent file = open.content(open.lookup(open.root(), "file").orElseThrow());
      long before = store.reads();
      byte[] part = new byte[3 * 4096];
      assertThat(file.read(MemorySegment.ofArray(part), 100)).isEqualTo(part.length);
      assertThat(part).isEqualTo(Arrays.copyOfRange(content, 100, 100 + part.length));
      assertThat(store.reads() - before).isEqualTo(1);
    }
  }

  @Test
  void cramfs17_directBlocksAreReadUpToOneThatLiesElsewhere() throws Exception {
    byte[] content = pattern(4 * 4096 + 10);
    int direct = UNCOMPRESSED | DIRECT | 0x2000 / 4;
    TestImage image =
        TestImage.withFile(
                content.length,
                direct,
                direct + 1024,
                UNCOMPRESSED | DIRECT | 0x9000 / 4,
                UNCOMPRESSED | DIRECT | 0x7000 / 4,
                UNCOMPRESSED | DIRECT | 0x8000 / 4)
            .put(0x2000, Arrays.copyOf(content, 8192))
            .put(0x9000, Arrays.copyOfRange(content, 8192, 12288))
            .put(0x7000, Arrays.copyOfRange(content, 12288, content.length));
    assertThat(image.readFile()).isEqualTo(content);
  }

  @Test
  void cramfs17_directBlocksThatLeadOutOfTheImage_areReadUpToItsEnd() throws Exception {
    int direct = UNCOMPRESSED | DIRECT | 0xe000 / 4;
    TestImage image =
        TestImage.withFile(3 * 4096, direct, direct + 1024, direct + 2048)
            .put(0xe000, pattern(8192));
    try (CramfsImage open = image.open()) {
      CramfsNode file = open.lookup(open.root(), "file").orElseThrow();
      byte[] part = new byte[3 * 4096];
      assertThat(open.read(file, MemorySegment.ofArray(part), 0)).isEqualTo(8192);
      assertThat(part).startsWith(pattern(8192));
      assertErrno(Errno.EIO, () -> open.read(file, MemorySegment.ofArray(part), 8192), "block 2");
    }
  }

  @Test
  void cramfs17_compressedDirectBlockHasItsLengthBeforeIt() throws Exception {
    byte[] content = pattern(300);
    byte[] stream = deflated(content);
    for (ByteOrder order : BOTH) {
      TestImage image =
          TestImage.withFile(order, 300, DIRECT | 0x1000 / 4)
              .half(0x1000, stream.length)
              .put(0x1002, stream);
      assertThat(image.readFile()).isEqualTo(content);
    }
  }

  @Test
  void cramfs17_plainBlockAfterAnUncompressedDirectOneBeginsWhereThatEnds() throws Exception {
    byte[] content = pattern(4096 + 70);
    byte[] second = deflated(Arrays.copyOfRange(content, 4096, content.length));
    TestImage image =
        TestImage.withFile(
                content.length, UNCOMPRESSED | DIRECT | 0x1004 / 4, 0x2004 + second.length)
            .put(0x1004, Arrays.copyOf(content, 4096))
            .put(0x2004, second);
    assertThat(image.readFile()).isEqualTo(content);
  }

  @Test
  void cramfs17_plainBlockAfterACompressedDirectOneBeginsWhereThatEnds() throws Exception {
    byte[] content = pattern(4096 + 70);
    byte[] first = deflated(Arrays.copyOf(content, 4096));
    byte[] second = deflated(Arrays.copyOfRange(content, 4096, content.length));
    int middle = 0x1002 + first.length;
    TestImage image =
        TestImage.withFile(content.length, DIRECT | 0x1000 / 4, middle + second.length)
            .half(0x1000, first.length)
            .put(0x1002, first)
            .put(middle, second);
    assertThat(image.readFile()).isEqualTo(content);
  }

  @Test
  void cramfs17_lengthOfADirectBlockOutsideTheImage_isEio() {
    TestImage image = TestImage.withFile(300, DIRECT | 0x10000 / 4);
    assertErrno(Errno.EIO, image::readFile, "the length of block 0 at 0x10000");
  }

  @Test
  void cramfs18_compressedBlockOfMoreThanTwoPages_isEio() {
    TestImage image = TestImage.withFile(300, TABLE + 4 + 8193);
    assertErrno(Errno.EIO, image::readFile, "block 0 of 0 to 8192 bytes");
  }

  @Test
  void cramfs18_uncompressedBlockOfMoreThanAPage_isEio() {
    TestImage image = TestImage.withFile(300, TABLE + 4 + 4097 | UNCOMPRESSED);
    assertErrno(Errno.EIO, image::readFile, "block 0 of 0 to 4096 bytes");
  }

  @Test
  void cramfs18_blockThatInflatesToMoreThanAPage_isEio() {
    byte[] stream = deflated(new byte[4097]);
    TestImage image = TestImage.withFile(4096, TABLE + 4 + stream.length).put(TABLE + 4, stream);
    assertErrno(Errno.EIO, image::readFile, "at most 4096 bytes", "more than 4096 bytes");
  }

  @Test
  void cramfs18_streamWithoutItsEnd_isEio() {
    byte[] stream = deflated(pattern(4096));
    for (int missing : new int[] {1, 4, 5, 100}) {
      byte[] cut = Arrays.copyOf(stream, stream.length - missing);
      TestImage image = TestImage.withFile(4096, TABLE + 4 + cut.length).put(TABLE + 4, cut);
      assertErrno(Errno.EIO, image::readFile, "compressed block at 0x60", "breaks off");
    }
  }

  @Test
  void cramfs18_noStreamAtAll_isEio() {
    TestImage image = TestImage.withFile(300, TABLE + 4 + 50).text(TABLE + 4, "not zlib");
    assertErrno(Errno.EIO, image::readFile, "no zlib stream");
  }

  @Test
  void cramfs18_streamThatWantsADictionary_isEio() {
    byte[] stream = {0x78, (byte) 0xbb, 0x0a, 0x51, 0x04, (byte) 0xc4, 0x73, 0x71, 0x76, 0x71};
    TestImage image = TestImage.withFile(300, TABLE + 4 + stream.length).put(TABLE + 4, stream);
    assertErrno(Errno.EIO, image::readFile, "breaks off after 0 bytes");
  }

  @Test
  void cramfs18_shortBlockIsFilledWithZeros() throws Exception {
    byte[] stream = deflated(pattern(10));
    byte[] second = deflated(pattern(20));
    int middle = TABLE + 8 + stream.length;
    TestImage image =
        TestImage.withFile(4096 + 20, middle, middle + second.length)
            .put(TABLE + 8, stream)
            .put(middle, second);
    byte[] expected = new byte[4096 + 20];
    System.arraycopy(pattern(10), 0, expected, 0, 10);
    System.arraycopy(pattern(20), 0, expected, 4096, 20);
    assertThat(image.readFile()).isEqualTo(expected);
  }

  @Test
  void cramfs18_shortBlockDoesNotShowWhatWasInItsPlace() throws Exception {
    byte[] full = deflated(pattern(4096));
    byte[] empty = deflated(new byte[] {1});
    int[] pointers = new int[257];
    Arrays.fill(pointers, TABLE + 4 * 257);
    int start = TABLE + 4 * 257;
    pointers[0] = start + full.length;
    Arrays.fill(pointers, 1, 256, start + full.length);
    pointers[256] = start + full.length + empty.length;
    TestImage image =
        TestImage.withFile(257 * 4096, pointers).put(start, full).put(start + full.length, empty);
    byte[] expected = new byte[257 * 4096];
    System.arraycopy(pattern(4096), 0, expected, 0, 4096);
    expected[256 * 4096] = 1;
    assertThat(image.readFile()).isEqualTo(expected);
  }

  @Test
  void cramfs19_lastDirectBlockOfAWholeNumberOfPages_isThereInTheDocument() throws Exception {
    assertThat(readMounted(Profile.DOCUMENT)).isEqualTo(pattern(8192));
  }

  @Test
  void cramfs19_lastDirectBlockOfAWholeNumberOfPages_isZeroOnLinux() throws Exception {
    byte[] expected = Arrays.copyOf(Arrays.copyOf(pattern(8192), 4096), 8192);
    assertThat(readMounted(Profile.LINUX_6_12)).isEqualTo(expected);
  }

  @Test
  void readsAtAnyPositionGiveTheSameBytes() throws Exception {
    byte[] all = Resources.sampleFiles().get("/count");
    try (CramfsImage image = Resources.open("little.img")) {
      CramfsNode count = image.lookup(image.root(), "count").orElseThrow();
      for (int position = 0; position < all.length; position += 997) {
        byte[] part = new byte[Math.min(5000, all.length - position)];
        assertThat(image.read(count, MemorySegment.ofArray(part), position)).isEqualTo(part.length);
        assertThat(part).isEqualTo(Arrays.copyOfRange(all, position, position + part.length));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {23890, 23891, 1L << 40, Long.MAX_VALUE})
  void readAtAndPastTheEnd_is0(long position) throws Exception {
    try (CramfsImage image = Resources.open("little.img")) {
      CramfsNode count = image.lookup(image.root(), "count").orElseThrow();
      MemorySegment into = MemorySegment.ofArray(new byte[10]);
      assertThat(image.read(count, into, position)).isZero();
    }
  }

  @Test
  void readUpToAMalformedBlock_givesWhatIsBeforeIt() throws Exception {
    byte[] first = deflated(pattern(4096));
    int middle = TABLE + 8 + first.length;
    TestImage image = TestImage.withFile(8192, middle, middle + 9).put(TABLE + 8, first);
    try (CramfsImage open = image.open()) {
      CramfsNode file = open.lookup(open.root(), "file").orElseThrow();
      MemorySegment into = MemorySegment.ofArray(new byte[8192]);
      assertThat(open.read(file, into, 100)).isEqualTo(3996);
      assertErrno(Errno.EIO, () -> open.read(file, into, 4096), "compressed block");
    }
  }

  @Test
  void readOfADirectory_isEisdir() throws Exception {
    try (CramfsImage image = Resources.open("little.img")) {
      assertErrno(Errno.EISDIR, () -> image.readAll(image.root()), "the root");
    }
  }

  private static byte[] readMounted(Profile profile) throws Exception {
    TestImage image =
        TestImage.withFile(8192, UNCOMPRESSED | DIRECT | 0x400, UNCOMPRESSED | DIRECT | 0x800)
            .put(0x1000, pattern(8192));
    try (FileSystem mounted = Mounts.mount(new CramfsType(), image.disk(), profile)) {
      return Mounts.read(Mounts.open(mounted, "file"), 0, 10000);
    }
  }
}
