package dev.nommu.cramfs;

import static dev.nommu.cramfs.TestImage.pattern;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Placement;
import dev.nommu.api.Sharing;
import dev.nommu.fixtures.FakeStore;
import dev.nommu.fixtures.Mounts;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files written uncompressed, to be mapped in place. */
class WriterInPlaceTest {
  private static final int[] SIZES = {1, 4095, 4096, 4097, 8192, 20000};
  private static final CramfsOptions IN_PLACE =
      CramfsOptions.DEFAULT.withInPlace(path -> path.toString().startsWith("prog"));

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
  void inPlace_filesArePageAlignedAndWhole() throws Exception {
    for (int size : SIZES) {
      Files.write(tree.source().resolve("prog" + size), pattern(size));
    }
    CramfsSuperblock written = tree.write(IN_PLACE);
    assertThat(written.has(CramfsFlag.EXT_BLOCK_POINTERS)).isTrue();
    assertThat(CramfsChecker.check(tree.image(), 4096)).isEmpty();
    byte[] bytes = Files.readAllBytes(tree.image());
    try (dev.nommu.api.FileSystem mounted = Mounts.mount(new CramfsType(), FakeStore.rom(bytes))) {
      for (int size : SIZES) {
        assertInPlace(mounted, "prog" + size, bytes);
      }
      assertThat(Mounts.read(Mounts.open(mounted, "count"), 0, 30000))
          .isEqualTo(Resources.sampleFiles().get("/count"));
    }
  }

  @Test
  void inPlace_bytesBehindAFileAreZero() throws Exception {
    Files.write(tree.source().resolve("prog1"), pattern(4096 + 1));
    Files.write(tree.source().resolve("prog2"), pattern(8192 + 2));
    tree.write(IN_PLACE);
    byte[] bytes = Files.readAllBytes(tree.image());
    int end = (tree.pointers(tree.node("prog1"))[1] & 0x3fffffff) * 4 + 1;
    assertThat(Arrays.copyOfRange(bytes, end, end + 4095)).isEqualTo(new byte[4095]);
    assertThat((tree.pointers(tree.node("prog2"))[0] & 0x3fffffff) * 4).isEqualTo(end + 4095);
  }

  @Test
  void inPlace_duplicatesShareTheirData() throws Exception {
    Files.write(tree.source().resolve("prog1"), pattern(5000));
    Files.write(tree.source().resolve("prog2"), pattern(5000));
    Files.write(tree.source().resolve("other"), pattern(5000));
    tree.write(IN_PLACE);
    assertThat(tree.node("prog1").number()).isEqualTo(tree.node("prog2").number());
    assertThat(tree.node("other").number()).isNotEqualTo(tree.node("prog1").number());
    tree.assertReadBack(IN_PLACE);
  }

  @Test
  void inPlace_linksAreCompressedAllTheSame() throws Exception {
    Files.createSymbolicLink(tree.source().resolve("link"), tree.host().getPath("count"));
    tree.write(CramfsOptions.DEFAULT.withInPlace(path -> true));
    assertThat(tree.pointers(tree.node("link"))[0] >>> 30).isZero();
    assertThat(tree.pointers(tree.node("count"))[0] >>> 30).isEqualTo(3);
  }

  @Test
  void inPlace_pathsAreRelativeToTheDirectory() throws Exception {
    Path suid = tree.host().getPath("d/suid");
    tree.write(CramfsOptions.DEFAULT.withInPlace(suid::equals));
    try (CramfsImage read = CramfsImage.open(tree.image())) {
      CramfsNode inPlace = read.lookup(tree.node("d"), "suid").orElseThrow();
      assertThat(tree.pointers(inPlace)[0] >>> 30).isEqualTo(3);
      assertThat(tree.pointers(tree.node("a"))[0] >>> 30).isZero();
    }
  }

  @Test
  void inPlace_bigEndianImageIsReadBack() throws Exception {
    tree.assertReadBack(
        CramfsOptions.DEFAULT.withByteOrder(ByteOrder.BIG_ENDIAN).withInPlace(path -> true));
  }

  private void assertInPlace(dev.nommu.api.FileSystem mounted, String name, byte[] bytes)
      throws Exception {
    byte[] content = Files.readAllBytes(tree.source().resolve(name));
    DirectlyMappableFile file = (DirectlyMappableFile) Mounts.open(mounted, name);
    long length = (content.length + 4095) / 4096 * 4096L;
    Placement place = file.getUnmappedArea(Mounts.readOnly(0, length, Sharing.SHARED));
    int start = Math.toIntExact(((Placement.At) place).address() - FakeStore.BASE);
    assertThat(start % 4096).isZero();
    assertThat(Arrays.copyOfRange(bytes, start, start + content.length)).isEqualTo(content);
    assertThat(Mounts.read(file, 0, content.length)).isEqualTo(content);
  }
}
