package dev.nommu.cramfs;

import static dev.nommu.cramfs.TestImage.pattern;
import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.FileSystem;
import dev.nommu.api.OpenFile;
import dev.nommu.fixtures.FakeStore;
import dev.nommu.fixtures.Mounts;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The cache of blocks, and its limit. */
class BlockCacheTest {
  @Test
  void blockIsDecompressedOnceHoweverManyReadsItTakes() throws Exception {
    FakeStore store = FakeStore.disk(Resources.bytes("little.img"));
    byte[] count = Resources.sampleFiles().get("/count");
    try (FileSystem mounted = Mounts.mount(new CramfsType(), store)) {
      OpenFile file = Mounts.open(mounted, "count");
      Mounts.read(file, 0, count.length);
      store.forgetReads();
      for (int position = 0; position < count.length; position += 10) {
        assertThat(Mounts.read(file, position, 10))
            .isEqualTo(Arrays.copyOfRange(count, position, Math.min(position + 10, count.length)));
      }
    }
    assertThat(store.bytesRead()).isZero();
  }

  @Test
  void uncompressedBlocksAreNotKept() throws Exception {
    FakeStore store = FakeStore.disk(Resources.bytes("oracle.img"));
    try (FileSystem mounted = Mounts.mount(new CramfsType(), store)) {
      OpenFile file = Mounts.open(mounted, "big.bin");
      store.forgetReads();
      Mounts.read(file, 0, 4096);
      Mounts.read(file, 0, 4096);
    }
    assertThat(store.bytesRead()).isEqualTo(8192);
  }

  @Test
  void malformedBlockInThePlaceOfAnother_leavesNothingThere() throws Exception {
    byte[] good = TestImage.deflated(pattern(4096));
    byte[] bad = TestImage.deflated(new byte[8192]);
    int[] pointers = new int[257];
    Arrays.fill(pointers, TestImage.DIRECT | (0x2000 / 4));
    pointers[256] = TestImage.DIRECT | (0x4000 / 4);
    TestImage image = TestImage.withFile(257 * 4096, pointers);
    image.half(0x2000, good.length).put(0x2002, good);
    image.half(0x4000, bad.length).put(0x4002, bad);
    try (FileSystem mounted = Mounts.mount(new CramfsType(), image.disk())) {
      OpenFile file = Mounts.open(mounted, "file");
      assertThat(Mounts.read(file, 0, 4096)).isEqualTo(pattern(4096));
      assertErrno(Errno.EIO, () -> Mounts.read(file, 256 * 4096, 4096), "more than 4096");
      assertErrno(Errno.EIO, () -> Mounts.read(file, 256 * 4096, 4096), "more than 4096");
      assertThat(Mounts.read(file, 0, 4096)).isEqualTo(pattern(4096));
    }
  }

  @Test
  void fileLargerThanTheCacheIsReadRightTwice() throws Exception {
    byte[] stream = TestImage.deflated(pattern(4096));
    int blocks = 1000;
    int start = 0x2000;
    int[] pointers = new int[blocks];
    Arrays.fill(pointers, TestImage.DIRECT | start / 4);
    TestImage image =
        TestImage.withFile(blocks * 4096, pointers)
            .half(start, stream.length)
            .put(start + 2, stream);
    FakeStore store = image.disk();
    try (FileSystem mounted = Mounts.mount(new CramfsType(), store)) {
      OpenFile file = Mounts.open(mounted, "file");
      for (int round = 0; round < 2; round++) {
        store.forgetReads();
        for (int block = 0; block < blocks; block++) {
          assertThat(Mounts.read(file, block * 4096L, 4096)).isEqualTo(pattern(4096));
        }
      }
    }
    assertThat(store.bytesRead()).isGreaterThan((blocks - 256L) * stream.length);
  }
}
