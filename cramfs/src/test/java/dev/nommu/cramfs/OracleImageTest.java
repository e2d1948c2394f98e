package dev.nommu.cramfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.FileSystem;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import dev.nommu.api.Sharing;
import dev.nommu.fixtures.FakeStore;
import dev.nommu.fixtures.Mounts;
import dev.nommu.image.ByteSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The image that a real no-MMU kernel had in flash, and the recorded results. */
class OracleImageTest {
  @Test
  void everyFileIsReadByteForByte() throws Exception {
    try (CramfsImage image = Resources.open("oracle.img")) {
      assertThat(image.children(image.root()))
          .extracting(CramfsNode::name)
          .containsExactly(Resources.ORACLE_FILES);
      for (CramfsNode file : image.children(image.root())) {
        assertThat(image.readAll(file))
            .as(file.name())
            .isEqualTo(Resources.bytes("oracle/" + file.name()));
      }
    }
  }

  @Test
  void checkerFindsNothing() throws Exception {
    ByteSource source = ByteSource.of(FakeStore.disk(Resources.bytes("oracle.img")));
    assertThat(CramfsChecker.check(source, 4096)).isEmpty();
  }

  @Test
  void imageInALargerDeviceIsRight() throws Exception {
    byte[] device = Arrays.copyOf(Resources.bytes("oracle.img"), 1 << 20);
    assertThat(CramfsChecker.check(ByteSource.of(FakeStore.disk(device)), 4096)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "big.bin,0,12288,0x1000",
    "big.bin,4096,4096,0x2000",
    "odd.bin,0,8192,0x9124",
    "prog,0,8192,0xe000",
    "page.bin,0,4096,0xc000"
  })
  void scenario39_filesAreMappedWhereTheKernelMappedThem(
      String name, long offset, long length, String expected) throws Exception {
    FakeStore store = FakeStore.rom(Resources.bytes("oracle.img"));
    try (FileSystem mounted = Mounts.mount(new CramfsType(), store, Profile.LINUX_6_12)) {
      DirectlyMappableFile file = (DirectlyMappableFile) Mounts.open(mounted, name);
      assertThat(file.getUnmappedArea(Mounts.readOnly(offset, length, Sharing.PRIVATE)))
          .isEqualTo(Placement.at(FakeStore.BASE + Long.decode(expected)));
    }
  }

  @Test
  void filesThatAreCompressedOrInPieces_areNotMappedWhole() throws Exception {
    FakeStore store = FakeStore.rom(Resources.bytes("oracle.img"));
    try (FileSystem mounted = Mounts.mount(new CramfsType(), store)) {
      for (String name : List.of("comp.bin", "mixed.bin", "split.bin")) {
        DirectlyMappableFile file = (DirectlyMappableFile) Mounts.open(mounted, name);
        assertThat(file.getUnmappedArea(Mounts.readOnly(0, 12288, Sharing.PRIVATE)))
            .as(name)
            .isEqualTo(Placement.DECLINED);
      }
    }
  }

  @Test
  void scenario39b_linuxReadsTheLastBlockAsZeros() throws Exception {
    FakeStore store = FakeStore.rom(Resources.bytes("oracle.img"));
    try (FileSystem mounted = Mounts.mount(new CramfsType(), store, Profile.LINUX_6_12)) {
      assertThat(Mounts.read(Mounts.open(mounted, "page.bin"), 0, 4096)).isEqualTo(new byte[4096]);
      assertThat(Mounts.read(Mounts.open(mounted, "prog"), 0, 16))
          .asString()
          .isEqualTo("prog  :00000000\n");
      assertThat(Mounts.read(Mounts.open(mounted, "prog"), 4096, 16)).isEqualTo(new byte[16]);
    }
  }

  @Test
  void scenario39b_linuxReadsALastBlockThatIsNotAWholePage() throws Exception {
    FakeStore store = FakeStore.rom(Resources.bytes("oracle.img"));
    try (FileSystem mounted = Mounts.mount(new CramfsType(), store, Profile.LINUX_6_12)) {
      for (String name : List.of("big.bin", "comp.bin", "odd.bin", "small.txt")) {
        byte[] expected = Resources.bytes("oracle/" + name);
        assertThat(Mounts.read(Mounts.open(mounted, name), 0, expected.length))
            .as(name)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void scenario39b_inTheDocumentTheLastBlockIsThere() throws Exception {
    FakeStore store = FakeStore.rom(Resources.bytes("oracle.img"));
    try (FileSystem mounted = Mounts.mount(new CramfsType(), store, Profile.DOCUMENT)) {
      for (String name : Resources.ORACLE_FILES) {
        byte[] expected = Resources.bytes("oracle/" + name);
        assertThat(Mounts.read(Mounts.open(mounted, name), 0, expected.length + 1))
            .as(name)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void scenario41b_readsPastTheEndAreShort() throws Exception {
    FakeStore store = FakeStore.disk(Resources.bytes("oracle.img"));
    try (FileSystem mounted = Mounts.mount(new CramfsType(), store)) {
      assertThat(Mounts.read(Mounts.open(mounted, "big.bin"), 12288, 8192)).hasSize(100);
    }
  }
}
