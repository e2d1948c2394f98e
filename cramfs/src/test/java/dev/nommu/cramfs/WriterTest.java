package dev.nommu.cramfs;

import static dev.nommu.cramfs.Errors.assertFails;
import static dev.nommu.cramfs.TestImage.pattern;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.FileKind;
import dev.nommu.api.Placement;
import dev.nommu.api.Sharing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images of our own, each read back and checked. */
class WriterTest {
  private static final int[] SIZES = {1, 4095, 4096, 4097, 8192, 20000};

  private FileSystem host;
  private Path source;
  private Path image;

  @BeforeEach
  void makeFiles() throws Exception {
    host =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setAttributeViews("basic", "posix", "unix").build());
    source = Files.createDirectory(host.getPath("/source"));
    image = host.getPath("/image");
    for (Map.Entry<String, byte[]> file : Resources.sampleFiles().entrySet()) {
      Path path = source.resolve(file.getKey().substring(1));
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  @AfterEach
  void close() throws Exception {
    host.close();
  }

  @Test
  void bothByteOrdersAndBlockSizes_areReadBackByteForByte() throws Exception {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      for (int blockSize : new int[] {4096, 8192, 65536}) {
        CramfsOptions options = CramfsOptions.DEFAULT.withByteOrder(order).withBlockSize(blockSize);
        assertSampleIsReadBack(options);
        assertSampleIsReadBack(options.withFront(CramfsOptions.Front.BOOT_CODE));
        assertThat(Files.size(image) % blockSize).isZero();
      }
    }
  }

  @Test
  void cramfs10_superblockSaysWhatIsThere() throws Exception {
    CramfsOptions options = CramfsOptions.DEFAULT.withVolume("vol").withEdition(0xffffffffL);
    CramfsSuperblock written = CramfsWriter.write(source, image, options);
    try (CramfsImage read = CramfsImage.open(image)) {
      assertThat(read.superblock()).isEqualTo(written);
    }
    assertThat(written.name()).isEqualTo("vol");
    assertThat(written.fsid().edition()).isEqualTo(0xffffffffL);
    assertThat(written.fsid().files()).isEqualTo(12);
    assertThat(written.fsid().blocks()).isEqualTo(1 + 6 + 1 + 1 + 1 + 2 + 5 + 3);
    assertThat(written.flags()).isEqualTo(3);
  }

  @Test
  void cramfs10_volumeNameOfMoreThan16Bytes_isEinval() {
    CramfsOptions options = CramfsOptions.DEFAULT.withVolume("\u00e9".repeat(9));
    assertFails(
        Errno.EINVAL, () -> CramfsWriter.write(source, image, options), "at most 16", "found 18");
  }

  @Test
  void editionAndBlockSizeOutOfRange_areEinval() {
    for (CramfsOptions options :
        List.of(
            CramfsOptions.DEFAULT.withEdition(-1),
            CramfsOptions.DEFAULT.withEdition(1L << 32),
            CramfsOptions.DEFAULT.withBlockSize(5000))) {
      assertFails(Errno.EINVAL, () -> CramfsWriter.write(source, image, options));
    }
  }

  @Test
  void cramfs12_holesAreLeftOutAndTheFlagSaysSo() throws Exception {
    CramfsOptions options = CramfsOptions.DEFAULT.withZeroBlocks(CramfsOptions.ZeroBlocks.HOLES);
    assertSampleIsReadBack(options);
    try (CramfsImage read = CramfsImage.open(image)) {
      assertThat(read.superblock().has(CramfsFlag.HOLES)).isTrue();
      CramfsNode hole = read.lookup(read.root(), "hole").orElseThrow();
      assertThat(pointers(hole)[1]).isEqualTo(pointers(hole)[0]);
    }
  }

  @Test
  void cramfs12_withoutHolesTheFlagIsNotSet() throws Exception {
    Files.delete(source.resolve("hole"));
    CramfsOptions options = CramfsOptions.DEFAULT.withZeroBlocks(CramfsOptions.ZeroBlocks.HOLES);
    assertThat(CramfsWriter.write(source, image, options).has(CramfsFlag.HOLES)).isFalse();
  }

  @Test
  void cramfs15_entriesAreInTheOrderOfTheirBytes() throws Exception {
    Files.createFile(source.resolve("Z"));
    Files.createFile(source.resolve("\u00e9"));
    Files.createFile(source.resolve("\uffee"));
    Files.createFile(source.resolve("\ud83d\ude00"));
    CramfsWriter.write(source, image, CramfsOptions.DEFAULT);
    try (CramfsImage read = CramfsImage.open(image)) {
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
    assertThat(CramfsChecker.check(image, 4096)).isEmpty();
  }

  @Test
  void cramfs20_duplicatesShareTheirData() throws Exception {
    CramfsWriter.write(source, image, CramfsOptions.DEFAULT);
    assertThat(node("a").number()).isEqualTo(node("b").number());
  }

  @Test
  void cramfs20_duplicatesWithOtherPermissionsAreFilesOfTheirOwn() throws Exception {
    Files.setPosixFilePermissions(
        source.resolve("b"), PosixFilePermissions.fromString("rwx------"));
    CramfsWriter.write(source, image, CramfsOptions.DEFAULT);
    assertThat(node("a").number()).isNotEqualTo(node("b").number());
    assertThat(node("b").permissions()).isEqualTo(0700);
  }

  @Test
  void cramfs20_duplicatesOfOtherOwnersAreFilesOfTheirOwn() {
    Originals originals = new Originals();
    SourceNode first = new SourceNode(source, new byte[] {'a'}, header(1, 2));
    first.place(100);
    assertThat(originals.add(first, new byte[5])).isTrue();
    SourceNode same = new SourceNode(source, new byte[] {'b'}, header(1, 2));
    assertThat(originals.add(same, new byte[5])).isFalse();
    assertThat(same.dataOffset()).isEqualTo(100);
    for (NodeHeader other : List.of(header(1, 3), header(2, 2))) {
      SourceNode node = new SourceNode(source, new byte[] {'c'}, other);
      assertThat(originals.add(node, new byte[5])).isTrue();
    }
  }

  @Test
  void linksAreNotFollowed() throws Exception {
    Files.createSymbolicLink(source.resolve("link"), host.getPath("d/../nowhere"));
    Files.createSymbolicLink(source.resolve("loop"), source);
    CramfsWriter.write(source, image, CramfsOptions.DEFAULT);
    try (CramfsImage read = CramfsImage.open(image)) {
      assertThat(read.linkTarget(node("link"))).isEqualTo("d/../nowhere");
      assertThat(read.linkTarget(node("loop"))).isEqualTo("/source");
    }
    assertThat(CramfsChecker.check(image, 4096)).isEmpty();
  }

  @Test
  void directoryGivenAsALink_isFollowed() throws Exception {
    Path link = Files.createSymbolicLink(host.getPath("/link"), source);
    CramfsWriter.write(link, image, CramfsOptions.DEFAULT);
    assertThat(node("count").size()).isEqualTo(23890);
  }

  @Test
  void emptyDirectory_givesAnEmptyImage() throws Exception {
    Path empty = Files.createDirectory(host.getPath("/empty"));
    CramfsWriter.write(empty, image, CramfsOptions.DEFAULT);
    try (CramfsImage read = CramfsImage.open(image)) {
      assertThat(read.walk()).hasSize(1);
    }
    assertThat(CramfsChecker.check(image, 4096)).isEmpty();
    assertThat(Files.size(image)).isEqualTo(4096);
  }

  @Test
  void inPlace_filesArePageAlignedAndWhole() throws Exception {
    for (int size : SIZES) {
      Files.write(source.resolve("prog" + size), pattern(size));
    }
    CramfsSuperblock written = CramfsWriter.write(source, image, inPlace());
    assertThat(written.has(CramfsFlag.EXT_BLOCK_POINTERS)).isTrue();
    assertThat(CramfsChecker.check(image, 4096)).isEmpty();
    byte[] bytes = Files.readAllBytes(image);
    try (dev.nommu.api.FileSystem mounted = Mounts.mount(MemoryStore.chip(bytes))) {
      for (int size : SIZES) {
        assertInPlace(mounted, "prog" + size, bytes);
      }
      assertThat(Mounts.read(Mounts.open(mounted, "count"), 0, 30000))
          .isEqualTo(Resources.sampleFiles().get("/count"));
    }
  }

  @Test
  void inPlace_bytesBehindAFileAreZero() throws Exception {
    Files.write(source.resolve("prog1"), pattern(4096 + 1));
    Files.write(source.resolve("prog2"), pattern(8192 + 2));
    CramfsWriter.write(source, image, inPlace());
    byte[] bytes = Files.readAllBytes(image);
    int end = (pointers(node("prog1"))[1] & 0x3fffffff) * 4 + 1;
    assertThat(Arrays.copyOfRange(bytes, end, end + 4095)).isEqualTo(new byte[4095]);
    assertThat((pointers(node("prog2"))[0] & 0x3fffffff) * 4).isEqualTo(end + 4095);
  }

  @Test
  void inPlace_duplicatesShareTheirData() throws Exception {
    Files.write(source.resolve("prog1"), pattern(5000));
    Files.write(source.resolve("prog2"), pattern(5000));
    Files.write(source.resolve("other"), pattern(5000));
    CramfsWriter.write(source, image, inPlace());
    assertThat(node("prog1").number()).isEqualTo(node("prog2").number());
    assertThat(node("other").number()).isNotEqualTo(node("prog1").number());
    assertSampleIsReadBack(inPlace());
  }

  @Test
  void inPlace_linksAreCompressedAllTheSame() throws Exception {
    Files.createSymbolicLink(source.resolve("link"), host.getPath("count"));
    CramfsWriter.write(source, image, CramfsOptions.DEFAULT.withInPlace(path -> true));
    assertThat(pointers(node("link"))[0] >>> 30).isZero();
    assertThat(pointers(node("count"))[0] >>> 30).isEqualTo(3);
  }

  @Test
  void inPlace_pathsAreRelativeToTheDirectory() throws Exception {
    Path suid = host.getPath("d/suid");
    CramfsWriter.write(source, image, CramfsOptions.DEFAULT.withInPlace(suid::equals));
    try (CramfsImage read = CramfsImage.open(image)) {
      CramfsNode inPlace = read.lookup(node("d"), "suid").orElseThrow();
      assertThat(pointers(inPlace)[0] >>> 30).isEqualTo(3);
      assertThat(pointers(node("a"))[0] >>> 30).isZero();
    }
  }

  @Test
  void inPlace_bigEndianImageIsReadBack() throws Exception {
    assertSampleIsReadBack(
        CramfsOptions.DEFAULT.withByteOrder(ByteOrder.BIG_ENDIAN).withInPlace(path -> true));
  }

  @Test
  void cramfs23_fileOf16MiB_isEfbig() throws Exception {
    Files.write(source.resolve("large"), new byte[1 << 24]);
    assertFails(
        Errno.EFBIG,
        () -> CramfsWriter.write(source, image, CramfsOptions.DEFAULT),
        "/source/large",
        "found 16777216 bytes");
    assertThat(Files.exists(image)).isFalse();
  }

  @Test
  void cramfs23_fileOfAByteLessThan16MiB_isWritten() throws Exception {
    byte[] content = pattern((1 << 24) - 1);
    Files.write(source.resolve("large"), content);
    CramfsWriter.write(source, image, CramfsOptions.DEFAULT);
    try (CramfsImage read = CramfsImage.open(image)) {
      assertThat(Arrays.equals(read.readAll(node("large")), content)).isTrue();
    }
    assertThat(CramfsChecker.check(image, 4096)).isEmpty();
  }

  @Test
  void cramfs14_nameOfMoreThan252Bytes_isEnametoolong() throws Exception {
    Files.createFile(source.resolve("\u00e9".repeat(126)));
    CramfsWriter.write(source, image, CramfsOptions.DEFAULT);
    Files.createFile(source.resolve("\u00e9".repeat(126) + "x"));
    assertFails(
        Errno.ENAMETOOLONG,
        () -> CramfsWriter.write(source, image, CramfsOptions.DEFAULT),
        "found 253 bytes");
  }

  @Test
  void nameThatTheLocaleCannotTell_isEinval() throws Exception {
    Path name = Files.writeString(source.resolve("f\ufffdr"), "x");
    assertFails(
        Errno.EINVAL,
        () -> CramfsWriter.write(source, image, CramfsOptions.DEFAULT),
        "a locale such as C.UTF-8 may be needed");
    Files.delete(name);
    Files.createSymbolicLink(source.resolve("link"), source.getFileSystem().getPath("f\ufffdr"));
    assertFails(
        Errno.EINVAL, () -> CramfsWriter.write(source, image, CramfsOptions.DEFAULT), "f\ufffdr");
  }

  @Test
  void fileSystemWithoutModes_givesTheUsualOnes() throws Exception {
    try (FileSystem plain = Jimfs.newFileSystem(Configuration.windows())) {
      Path root = Files.createDirectory(plain.getPath("C:\\tree"));
      Files.createDirectory(root.resolve("d"));
      Files.createFile(root.resolve("f"));
      Files.createSymbolicLink(root.resolve("l"), plain.getPath("d\\x"));
      CramfsWriter.write(root, image, CramfsOptions.DEFAULT);
    }
    assertThat(node("d").mode()).isEqualTo(0040755);
    assertThat(node("f").mode()).isEqualTo(0100644);
    assertThat(node("l").mode()).isEqualTo(0120777);
    try (CramfsImage read = CramfsImage.open(image)) {
      assertThat(read.linkTarget(node("l"))).isEqualTo("d/x");
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
      CramfsWriter.write(root, image, CramfsOptions.DEFAULT);
    }
    assertThat(node("f").mode()).isEqualTo(0100521);
  }

  @Test
  void failedWrite_leavesTheOldImageAndNothingElse() throws Exception {
    Files.writeString(image, "old");
    Files.write(source.resolve("large"), new byte[1 << 24]);
    assertFails(Errno.EFBIG, () -> CramfsWriter.write(source, image, CramfsOptions.DEFAULT));
    assertThat(Files.readString(image)).isEqualTo("old");
    assertThat(Files.exists(host.getPath("/image.part"))).isFalse();
  }

  @Test
  void fileThatGoesAwayWhileTheImageIsWritten_leavesTheOldImageAndNothingElse() throws Exception {
    Files.writeString(image, "old");
    CramfsOptions options =
        CramfsOptions.DEFAULT.withInPlace(path -> deleted(source.resolve("noise")));
    assertFails(Errno.ENOENT, () -> CramfsWriter.write(source, image, options), "/source/noise");
    assertThat(Files.readString(image)).isEqualTo("old");
    assertThat(Files.exists(host.getPath("/image.part"))).isFalse();
  }

  @Test
  void fileThatChangesItsLengthWhileTheImageIsWritten_isEio() {
    CramfsOptions options =
        CramfsOptions.DEFAULT.withInPlace(path -> lengthened(source.resolve("noise")));
    assertFails(
        Errno.EIO,
        () -> CramfsWriter.write(source, image, options),
        "/source/noise",
        "expected 10000 bytes as before, found 10001");
  }

  @Test
  void directoryThatIsNotThere_isEnoent() {
    Path nowhere = host.getPath("/nowhere");
    assertFails(
        Errno.ENOENT, () -> CramfsWriter.write(nowhere, image, CramfsOptions.DEFAULT), "/nowhere");
  }

  @Test
  void sourceThatIsNoDirectory_isEnotdir() {
    Path file = source.resolve("count");
    assertFails(
        Errno.ENOTDIR, () -> CramfsWriter.write(file, image, CramfsOptions.DEFAULT), "count");
  }

  @Test
  void twoRuns_giveTheSameBytes() throws Exception {
    CramfsWriter.write(source, image, inPlace());
    byte[] first = Files.readAllBytes(image);
    CramfsWriter.write(source, image, inPlace());
    assertThat(Files.readAllBytes(image)).isEqualTo(first);
  }

  private static NodeHeader header(int uid, int gid) {
    return new NodeHeader(0100644, uid, gid, 5, 0, 0);
  }

  /** Matches nothing, and removes a file as somebody else might. */
  private static boolean deleted(Path path) {
    try {
      Files.deleteIfExists(path);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean lengthened(Path path) {
    try {
      Files.write(path, new byte[10001]);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CramfsOptions inPlace() {
    return CramfsOptions.DEFAULT.withInPlace(path -> path.toString().startsWith("prog"));
  }

  private void assertSampleIsReadBack(CramfsOptions options) throws Exception {
    CramfsWriter.write(source, image, options);
    assertThat(CramfsChecker.check(image, options.blockSize())).isEmpty();
    Map<String, byte[]> left = new TreeMap<>(Resources.sampleFiles());
    try (CramfsImage read = CramfsImage.open(image, options.blockSize())) {
      for (CramfsEntry entry : read.walk()) {
        byte[] expected = left.remove(entry.path());
        if (entry.node().requireKind() == FileKind.REGULAR && expected != null) {
          assertThat(read.readAll(entry.node())).as(entry.path()).isEqualTo(expected);
        }
      }
    }
    assertThat(left).isEmpty();
  }

  private void assertInPlace(dev.nommu.api.FileSystem mounted, String name, byte[] bytes)
      throws Exception {
    byte[] content = Files.readAllBytes(source.resolve(name));
    DirectlyMappableFile file = (DirectlyMappableFile) Mounts.open(mounted, name);
    long length = (content.length + 4095) / 4096 * 4096L;
    Placement place = file.getUnmappedArea(Mounts.readOnly(0, length, Sharing.SHARED));
    int start = Math.toIntExact(((Placement.At) place).address() - MemoryStore.ADDRESS);
    assertThat(start % 4096).isZero();
    assertThat(Arrays.copyOfRange(bytes, start, start + content.length)).isEqualTo(content);
    assertThat(Mounts.read(file, 0, content.length)).isEqualTo(content);
  }

  private CramfsNode node(String name) throws Exception {
    try (CramfsImage read = CramfsImage.open(image)) {
      return read.lookup(read.root(), name).orElseThrow();
    }
  }

  private int[] pointers(CramfsNode file) throws Exception {
    int[] pointers = new int[(file.size() + 4095) / 4096];
    ByteBuffer.wrap(Files.readAllBytes(image))
        .order(ByteOrder.LITTLE_ENDIAN)
        .position((int) file.dataOffset())
        .asIntBuffer()
        .get(pointers);
    return pointers;
  }
}
