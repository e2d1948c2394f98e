package dev.nommu.ramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.Placement;
import dev.nommu.api.RegularFile;
import dev.nommu.api.Sharing;
import dev.nommu.fixtures.FakePages;
import dev.nommu.fixtures.Mounts;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RamReadWriteTest {
  private final FakePages pages = new FakePages(64);
  private RegularFile file;
  private RamOpenFile open;

  @BeforeEach
  void makeFile() throws ErrnoException {
    file = RamFiles.file(RamFiles.mount(pages), "f");
    open = RamFiles.open(file);
  }

  @Test
  void write_allocatesOnlyThePagesItTouches() throws ErrnoException {
    assertThat(RamFiles.write(open, "across", 2 * Page.SIZE - 3)).isEqualTo(6);
    assertThat(file.attributes().size()).isEqualTo(2 * Page.SIZE + 3);
    assertThat(file.attributes().blocks()).isEqualTo(16);
    assertThat(RamFiles.read(open, 100, 2 * Page.SIZE - 3)).isEqualTo("across");
  }

  @Test
  void hole_readsAsZeroWhateverTheBufferHeld() throws ErrnoException {
    RamFiles.write(open, "end", 3 * Page.SIZE);
    byte[] bytes = new byte[(int) (3 * Page.SIZE + 3)];
    Arrays.fill(bytes, (byte) 'j');
    assertThat(open.read(MemorySegment.ofArray(bytes), 0)).isEqualTo(bytes.length);
    assertThat(bytes).startsWith(new byte[(int) (3 * Page.SIZE)]).endsWith('e', 'n', 'd');
  }

  @Test
  void memf12_readOfAHole_putsPagesThere() throws ErrnoException {
    RamFiles.write(open, "end", 3 * Page.SIZE);
    assertThat(RamFiles.read(open, 1, Page.SIZE)).isEqualTo("\0");
    assertThat(file.attributes().blocks()).isEqualTo(16);
    assertThat(open.getUnmappedArea(Mounts.readOnly(Page.SIZE, Page.SIZE, Sharing.SHARED)))
        .isNotEqualTo(Placement.DECLINED);
    assertThat(open.getUnmappedArea(Mounts.readOnly(0, Page.SIZE, Sharing.SHARED)))
        .isEqualTo(Placement.DECLINED);
  }

  @Test
  void memf12_readOfAHoleWithoutMemory_readsWhatThereIs() throws ErrnoException {
    RamFiles.write(open, "end", 3 * Page.SIZE);
    pages.allocateRun(62);
    assertThat(RamFiles.read(open, (int) (3 * Page.SIZE), 0)).hasSize((int) Page.SIZE);
    assertThatThrownBy(() -> RamFiles.read(open, 1, Page.SIZE))
        .isInstanceOfSatisfying(
            ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOMEM));
  }

  @Test
  void readAtAndPastTheEnd_isZeroBytes() throws ErrnoException {
    RamFiles.write(open, "abc", 0);
    assertThat(RamFiles.read(open, 10, 1)).isEqualTo("bc");
    assertThat(RamFiles.read(open, 10, 3)).isEmpty();
    assertThat(RamFiles.read(open, 10, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void writeThatRunsOutOfMemory_writesWhatFits() throws ErrnoException {
    pages.allocateRun(62);
    String text = "m".repeat((int) (4 * Page.SIZE));
    assertThat(RamFiles.write(open, text, 100)).isEqualTo(2 * Page.SIZE - 100);
    assertThat(file.attributes().size()).isEqualTo(2 * Page.SIZE);
    assertThatThrownBy(() -> RamFiles.write(open, "x", 2 * Page.SIZE))
        .isInstanceOfSatisfying(
            ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOMEM));
    assertThat(RamFiles.write(open, "over", 50)).isEqualTo(4);
  }

  @Test
  void anyWrites_readBackAsFromAnArray() throws ErrnoException {
    Random random = new Random(3);
    byte[] expected = new byte[(int) (20 * Page.SIZE)];
    int size = 0;
    for (int step = 0; step < 500; step++) {
      byte[] bytes = new byte[1 + random.nextInt(9000)];
      random.nextBytes(bytes);
      int position = random.nextInt(expected.length - bytes.length);
      assertThat(open.write(MemorySegment.ofArray(bytes), position)).isEqualTo(bytes.length);
      System.arraycopy(bytes, 0, expected, position, bytes.length);
      size = Math.max(size, position + bytes.length);
    }
    byte[] found = new byte[size];
    assertThat(open.read(MemorySegment.ofArray(found), 0)).isEqualTo(size);
    assertThat(found).isEqualTo(Arrays.copyOf(expected, size));
  }
}
