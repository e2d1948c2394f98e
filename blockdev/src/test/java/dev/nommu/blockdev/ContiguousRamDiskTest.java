package dev.nommu.blockdev;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.PointedRange;
import dev.nommu.fixtures.FakePages;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The document's memory-backed block device. */
final class ContiguousRamDiskTest {
  private final FakePages pages = new FakePages(1100);

  private BlockDevice disk(long bytes) throws ErrnoException {
    return RamDiskDriver.contiguous(new Capacity("ram0", bytes), pages);
  }

  @Test
  void wholeDisk_isOneRunThatCanBeAddressedBeforeItIsWritten() throws ErrnoException {
    BlockDevice disk = disk(8 * Page.SIZE);
    assertThat(disk.backingDeviceInfo()).isEqualTo(BackingDeviceInfo.MEMORY);
    assertThat(pages.inUse()).isEqualTo(8);
    assertThat(disk.point(0, 8 * Page.SIZE)).map(PointedRange::address).contains(FakePages.BASE);
    assertThat(disk.point(Page.SIZE, Page.SIZE))
        .map(PointedRange::address)
        .contains(FakePages.BASE + Page.SIZE);
    assertThat(Blocks.read(disk, 3, 0)).isEqualTo("\0\0\0");
  }

  @Test
  void storesThroughTheMapping_andReadsAndWrites_areCoherent() throws ErrnoException {
    BlockDevice disk = disk(2 * Page.SIZE);
    var mapping = pages.memory(FakePages.BASE, 2 * Page.SIZE);
    mapping.setString(Page.SIZE, "mapped", StandardCharsets.ISO_8859_1);
    assertThat(Blocks.read(disk, 6, Page.SIZE)).isEqualTo("mapped");
    Blocks.write(disk, "MAP", Page.SIZE);
    assertThat(mapping.getString(Page.SIZE, StandardCharsets.ISO_8859_1)).isEqualTo("MAPped");
  }

  @Test
  void diskLongerThanTheLongestRun_isEfbig() {
    assertErrno(Errno.EFBIG, () -> disk(1024 * Page.SIZE + 1024));
  }

  @Test
  void diskForWhichThereIsNoRun_isEnomem() throws ErrnoException {
    disk(1024 * Page.SIZE);
    assertErrno(Errno.ENOMEM, () -> disk(100 * Page.SIZE));
  }

  @Test
  void outOfRange_isEioOrForPointEinval() throws ErrnoException {
    BlockDevice disk = disk(5 * 1024);
    assertErrno(Errno.EIO, () -> Blocks.read(disk, 2, 5 * 1024 - 1));
    assertErrno(Errno.EIO, () -> Blocks.write(disk, "x", 5 * 1024));
    assertErrno(Errno.EINVAL, () -> disk.point(0, 5 * 1024 + 1));
    assertErrno(Errno.EINVAL, () -> disk.point(-1, 1));
  }
}
