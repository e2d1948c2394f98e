package dev.nommu.ramfs;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import dev.nommu.api.RegularFile;
import dev.nommu.api.Sharing;
import dev.nommu.fixtures.FakePages;
import dev.nommu.fixtures.Mounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RamTruncateTest {
  private final FakePages pages = new FakePages(1100);
  private RegularFile file;
  private RamOpenFile open;

  @BeforeEach
  void makeFile() throws ErrnoException {
    file = RamFiles.file(RamFiles.mount(pages), "f");
    open = RamFiles.open(file);
  }

  private Placement place(long offset, long length) {
    return open.getUnmappedArea(Mounts.readOnly(offset, length, Sharing.SHARED));
  }

  private void fillTailOfPage(long from) {
    pages.memory(FakePages.BASE + from, Page.align(from) - from).fill((byte) 'x');
  }

  @Test
  void trunc01_growingAnEmptyFile_gathersOneRun() throws ErrnoException {
    file.truncate(3 * Page.SIZE + 1);
    assertThat(pages.inUse()).isEqualTo(4);
    assertThat(file.attributes().blocks()).isEqualTo(32);
    assertThat(place(0, 4 * Page.SIZE)).isEqualTo(Placement.at(FakePages.BASE));
  }

  @Test
  void trunc01_fourGigabytes_isEfbig() {
    assertErrno(Errno.EFBIG, () -> file.truncate(1L << 32));
    assertErrno(Errno.EFBIG, () -> file.truncate((1L << 32) - 1));
  }

  @Test
  void trunc01_longestRun_isTheLimit() throws ErrnoException {
    assertErrno(Errno.EFBIG, () -> file.truncate(1024 * Page.SIZE + 1));
    assertThat(file.attributes().size()).isZero();
    file.truncate(1024 * Page.SIZE);
    assertThat(file.attributes().blocks()).isEqualTo(8192);
  }

  @Test
  void trunc02_noMemory_document_changesNothing() throws ErrnoException {
    pages.allocateRun(1000);
    assertErrno(Errno.ENOMEM, () -> file.truncate(101 * Page.SIZE));
    assertThat(file.attributes().size()).isZero();
  }

  @Test
  void trunc02_noMemory_linux612_keepsTheSizeAndThenSucceedsWithoutPages() throws ErrnoException {
    file =
        RamFiles.file(
            new RamfsType().mount(RamFiles.request(pages, Profile.LINUX_6_12, "")), "linux");
    pages.allocateRun(1000);
    assertErrno(Errno.ENOMEM, () -> file.truncate(101 * Page.SIZE));
    file.truncate(101 * Page.SIZE);
    assertThat(file.attributes().size()).isEqualTo(101 * Page.SIZE);
    assertThat(file.attributes().blocks()).isZero();
    open = RamFiles.open(file);
    assertThat(place(0, Page.SIZE)).isEqualTo(Placement.DECLINED);
  }

  @Test
  void trunc04_growingANonEmptyFile_leavesAHole() throws ErrnoException {
    file.truncate(Page.SIZE);
    file.truncate(2 * Page.SIZE);
    assertThat(file.attributes().size()).isEqualTo(2 * Page.SIZE);
    assertThat(file.attributes().blocks()).isEqualTo(8);
    assertThat(place(0, 2 * Page.SIZE)).isEqualTo(Placement.DECLINED);
    assertThat(place(0, Page.SIZE)).isEqualTo(Placement.at(FakePages.BASE));
    assertThat(place(Page.SIZE, Page.SIZE)).isEqualTo(Placement.DECLINED);
    assertThat(RamFiles.read(open, 2, Page.SIZE)).isEqualTo("\0\0");
  }

  @Test
  void trunc04_fileThatIsNotEmpty_mayHaveAnySize() throws ErrnoException {
    file.truncate(1);
    file.truncate(Long.MAX_VALUE);
    assertThat(file.attributes().size()).isEqualTo(Long.MAX_VALUE);
    assertThat(RamFiles.read(open, 8, Long.MAX_VALUE - 3)).isEqualTo("\0\0\0");
    assertThat(RamFiles.read(open, 1, FileMemory.MAX_SIZE)).isEqualTo("\0");
    assertThat(file.attributes().blocks()).isEqualTo(8);
    assertErrno(Errno.EFBIG, () -> RamFiles.write(open, "x", FileMemory.MAX_SIZE));
    file.truncate(2);
    assertThat(file.attributes().blocks()).isEqualTo(8);
  }

  @Test
  void trunc05_sameSize_changesNothing() throws ErrnoException {
    file.truncate(5000);
    fillTailOfPage(5000);
    file.truncate(5000);
    file.truncate(5001);
    assertThat(RamFiles.read(open, 3, 4999)).isEqualTo("\0x");
  }

  @Test
  void trunc06_shrinking_givesPagesBackAndClearsTheCutOffPart() throws ErrnoException {
    file.truncate(3 * Page.SIZE);
    RamFiles.write(open, "abcdef", Page.SIZE);
    file.truncate(Page.SIZE + 3);
    assertThat(pages.inUse()).isEqualTo(2);
    file.truncate(Page.SIZE + 6);
    assertThat(RamFiles.read(open, 9, Page.SIZE)).isEqualTo("abc\0\0\0");
  }

  @Test
  void trunc09_shrinkToZeroAndGrow_gathersAfresh() throws ErrnoException {
    file.truncate(Page.SIZE);
    file.truncate(2 * Page.SIZE);
    file.truncate(0);
    assertThat(pages.inUse()).isZero();
    file.truncate(2 * Page.SIZE);
    assertThat(place(0, 2 * Page.SIZE)).isEqualTo(Placement.at(FakePages.BASE));
    assertThat(RamFiles.read(open, 4, 0)).isEqualTo("\0\0\0\0");
  }

  @Test
  void growing_showsWhatAMappingStoredBehindTheEnd_upToTheNewEnd() throws ErrnoException {
    file.truncate(5000);
    fillTailOfPage(5000);
    assertThat(RamFiles.read(open, 10, 4998)).isEqualTo("\0\0");
    file.truncate(5002);
    assertThat(RamFiles.read(open, 10, 4998)).isEqualTo("\0\0xx");
    file.truncate(5004);
    assertThat(RamFiles.read(open, 10, 4998)).isEqualTo("\0\0xx\0\0");
  }

  @Test
  void writeBehindTheLastPossiblePage_isEfbig() throws ErrnoException {
    file.truncate(1);
    assertErrno(Errno.EFBIG, () -> RamFiles.write(open, "x", FileMemory.MAX_SIZE));
    assertThat(RamFiles.write(open, "xy", FileMemory.MAX_SIZE - 1)).isEqualTo(1);
  }
}
