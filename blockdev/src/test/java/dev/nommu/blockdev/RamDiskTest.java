package dev.nommu.blockdev;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.UserMemory;
import dev.nommu.fixtures.FakePages;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RamDiskTest {
  private static final int BLKDISCARD = 0x1277;
  private final FakePages pages = new FakePages(32);
  private final RamDisk disk = disk(1024 * Page.SIZE);

  private RamDisk disk(long bytes) {
    return new RamDisk(new Capacity("ram0", bytes), pages);
  }

  private long discard(long start, long length) throws ErrnoException {
    UserMemory memory = (address, size) -> MemorySegment.ofArray(new long[] {start, length});
    return disk.ioctl(BLKDISCARD, 0x1000, memory);
  }

  @Test
  void blk01_plainRamdisk_isNeverMappedShared() throws ErrnoException {
    assertThat(disk.backingDeviceInfo()).isEqualTo(BackingDeviceInfo.COPY);
    assertThat(disk.point(0, Page.SIZE)).isEmpty();
  }

  @Test
  void blk03_page_isAllocatedWhenItIsFirstWritten() throws ErrnoException {
    assertThat(Blocks.read(disk, 4, 5 * Page.SIZE)).isEqualTo("\0\0\0\0");
    assertThat(pages.inUse()).isZero();
    Blocks.write(disk, "over", 2 * Page.SIZE - 2);
    assertThat(pages.inUse()).isEqualTo(2);
    Blocks.write(disk, "again", Page.SIZE);
    assertThat(pages.inUse()).isEqualTo(2);
    assertThat(Blocks.read(disk, 6, 2 * Page.SIZE - 3)).isEqualTo("\0over\0");
  }

  @Test
  void blk03_outOfRange_isEio() throws ErrnoException {
    RamDisk odd = disk(5 * 1024);
    Blocks.write(odd, "x", 5 * 1024 - 1);
    assertErrno(Errno.EIO, () -> Blocks.write(odd, "xy", 5 * 1024 - 1));
    assertErrno(Errno.EIO, () -> Blocks.read(odd, 1, 5 * 1024));
    assertErrno(Errno.EIO, () -> Blocks.read(odd, 1, -1));
    assertErrno(Errno.EIO, () -> Blocks.read(odd, 1, Long.MAX_VALUE));
  }

  @Test
  void blk04_noMemory_isEio() throws ErrnoException {
    Blocks.write(disk, "first", 0);
    pages.allocateRun(31);
    assertErrno(Errno.EIO, () -> Blocks.write(disk, "x", Page.SIZE));
    Blocks.write(disk, "FIRST", 0);
    assertThat(Blocks.read(disk, 5, 0)).isEqualTo("FIRST");
  }

  @Test
  void blk04_discard_givesWholePagesBack() throws ErrnoException {
    Blocks.write(disk, "d".repeat((int) (4 * Page.SIZE)), 0);
    assertThat(discard(512, 3 * Page.SIZE)).isZero();
    assertThat(pages.inUse()).isEqualTo(2);
    assertThat(Blocks.read(disk, 2, Page.SIZE - 1)).isEqualTo("d\0");
    assertThat(Blocks.read(disk, 2, 3 * Page.SIZE - 1)).isEqualTo("\0d");
    Blocks.write(disk, "new", Page.SIZE);
    assertThat(Blocks.read(disk, 4, Page.SIZE)).isEqualTo("new\0");
  }

  @Test
  void blk04_discard_wantsWholeSectorsOfTheDisk() {
    assertErrno(Errno.EINVAL, () -> discard(1, 512));
    assertErrno(Errno.EINVAL, () -> discard(0, 511));
    assertErrno(Errno.EINVAL, () -> discard(512, 1024 * Page.SIZE));
    assertErrno(Errno.EINVAL, () -> discard(-512, 512));
    assertErrno(Errno.EINVAL, () -> discard(512, Long.MAX_VALUE));
  }

  @Test
  void unknownIoctl_isEnotty() {
    assertErrno(Errno.ENOTTY, () -> disk.ioctl(0x1234, 0, (address, length) -> null));
  }

  @Test
  void anyWrites_readBackAsFromAnArray() throws ErrnoException {
    Random random = new Random(4);
    byte[] expected = new byte[(int) (20 * Page.SIZE)];
    for (int step = 0; step < 500; step++) {
      byte[] bytes = new byte[1 + random.nextInt(9000)];
      random.nextBytes(bytes);
      int offset = random.nextInt(expected.length - bytes.length);
      disk.write(MemorySegment.ofArray(bytes), offset);
      System.arraycopy(bytes, 0, expected, offset, bytes.length);
    }
    byte[] found = new byte[expected.length];
    disk.read(MemorySegment.ofArray(found), 0);
    assertThat(Arrays.mismatch(found, expected)).isEqualTo(-1);
  }
}
