package dev.nommu.ramfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.Placement;
import dev.nommu.api.RegularFile;
import dev.nommu.api.Sharing;
import dev.nommu.fixtures.FakePages;
import dev.nommu.fixtures.Mounts;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RamMappingTest {
  private final FakePages pages = new FakePages(64);
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

  @Test
  void bdi07_ramfsFile_isMemoryWithAllCapabilities() {
    assertThat(open.backingDeviceInfo()).contains(BackingDeviceInfo.MEMORY);
  }

  @Test
  void memf05_emptyFile_isDeclined() {
    assertThat(place(0, Page.SIZE)).isEqualTo(Placement.DECLINED);
  }

  @Test
  void memf05_privateRequest_getsTheSamePlace() throws ErrnoException {
    file.truncate(2 * Page.SIZE);
    assertThat(open.getUnmappedArea(Mounts.readOnly(0, 2 * Page.SIZE, Sharing.PRIVATE)))
        .isEqualTo(place(0, 2 * Page.SIZE))
        .isEqualTo(Placement.at(FakePages.BASE));
  }

  @Test
  void memf06_mapping_reachesToTheEndOfTheLastPageAndNotBeyond() throws ErrnoException {
    file.truncate(5000);
    assertThat(place(0, 2 * Page.SIZE)).isEqualTo(Placement.at(FakePages.BASE));
    assertThat(place(Page.SIZE, Page.SIZE)).isEqualTo(Placement.at(FakePages.BASE + Page.SIZE));
    assertThat(place(0, 3 * Page.SIZE)).isEqualTo(Placement.DECLINED);
    assertThat(place(Page.SIZE, 2 * Page.SIZE)).isEqualTo(Placement.DECLINED);
    assertThat(place(2 * Page.SIZE, Page.SIZE)).isEqualTo(Placement.DECLINED);
    assertThat(place(Long.MAX_VALUE & -Page.SIZE, Page.SIZE)).isEqualTo(Placement.DECLINED);
  }

  @Test
  void memf07_mmap_consents() throws ErrnoException {
    file.truncate(Page.SIZE);
    assertThat(open.mmap(Mounts.readOnly(0, Page.SIZE, Sharing.SHARED), FakePages.BASE))
        .isEqualTo(Consent.ACCEPTED);
  }

  @Test
  void memf08_storesThroughTheMapping_andReadsAndWrites_areCoherent() throws ErrnoException {
    file.truncate(2 * Page.SIZE);
    var mapping = pages.memory(FakePages.BASE, 2 * Page.SIZE);
    mapping.setString(4, "hello", StandardCharsets.ISO_8859_1);
    assertThat(RamFiles.read(open, 5, 4)).isEqualTo("hello");
    RamFiles.write(open, "HELLO", 4);
    assertThat(mapping.getString(4, StandardCharsets.ISO_8859_1)).isEqualTo("HELLO");
  }

  @Test
  void memf11_pagesWrittenOneByOne_areMappedOnlyOneByOne() throws ErrnoException {
    RamFiles.write(open, "p".repeat((int) (2 * Page.SIZE)), 0);
    assertThat(place(0, 2 * Page.SIZE)).isEqualTo(Placement.DECLINED);
    assertThat(place(0, Page.SIZE)).isInstanceOf(Placement.At.class);
    assertThat(place(Page.SIZE, Page.SIZE)).isInstanceOf(Placement.At.class);
  }
}
