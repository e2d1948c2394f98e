package dev.nommu.ramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Page;
import dev.nommu.fixtures.FakePages;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PageRunsTest {
  private static final long BASE = FakePages.BASE;
  private final PageRuns runs = new PageRuns();

  private static long frame(long number) {
    return BASE + number * Page.SIZE;
  }

  @Test
  void empty_isAHoleOfAnyLength() {
    assertThat(runs.at(5, 1000)).isEqualTo(new Extent.Hole(1000));
  }

  @Test
  void neighboursInMemory_becomeOneRunInWhateverOrderTheyCome() {
    runs.put(2, frame(12), 1);
    runs.put(0, frame(10), 1);
    runs.put(1, frame(11), 1);
    assertThat(runs.at(0, 9)).isEqualTo(new Extent.Present(frame(10), 3));
    assertThat(runs.at(1, 1)).isEqualTo(new Extent.Present(frame(11), 1));
    assertThat(runs.at(3, 9)).isEqualTo(new Extent.Hole(9));
  }

  @Test
  void neighboursInTheFileOnly_stayApart() {
    runs.put(0, frame(10), 1);
    runs.put(1, frame(9), 1);
    assertThat(runs.at(0, 2)).isEqualTo(new Extent.Present(frame(10), 1));
  }

  @Test
  void cutInsideARun_givesTheRestBack() throws Exception {
    FakePages pages = new FakePages(8);
    runs.put(0, pages.allocateRun(5), 5);
    runs.cut(2, pages);
    assertThat(pages.inUse()).isEqualTo(2);
    assertThat(runs.pages()).isEqualTo(2);
    assertThat(runs.at(0, 5)).isEqualTo(new Extent.Present(BASE, 2));
    assertThat(runs.at(2, 5)).isEqualTo(new Extent.Hole(5));
  }

  @Test
  void lastPossiblePage_canBePutAndFound() {
    runs.put(PageRuns.MAX_PAGES - 1, frame(1), 1);
    assertThat(runs.at(PageRuns.MAX_PAGES - 1, 1)).isEqualTo(new Extent.Present(frame(1), 1));
    assertThat(runs.at(0, Long.MAX_VALUE)).isEqualTo(new Extent.Hole(PageRuns.MAX_PAGES - 1));
  }

  @Test
  void addressThatDoesNotFit_isRefused() {
    assertThatThrownBy(() -> runs.put(0, 1L << 48, 1)).hasMessageContaining("0x1000000000000");
  }

  @Test
  void scatteredPages_takeEightBytesEach() {
    int count = 20_000;
    for (int page = 0; page < count; page++) {
      runs.put(page, frame(2L * (count - page)), 1);
    }
    assertThat(runs.tableBytes()).isLessThan(count * 8 * 9 / 8 + 64);
  }

  @Test
  void anyChanges_leaveWhatAMapWouldHold() throws Exception {
    FakePages pages = new FakePages(300);
    Random random = new Random(2);
    TreeMap<Long, Long> expected = new TreeMap<>();
    for (int step = 0; step < 4000; step++) {
      long page = random.nextInt(200);
      if (random.nextInt(40) == 0) {
        expected.tailMap(page).clear();
        runs.cut(page, pages);
      } else if (!expected.containsKey(page)) {
        long address = random.nextBoolean() ? pages.allocatePage() : pages.allocateRun(1);
        expected.put(page, address);
        runs.put(page, address, 1);
      }
      assertThat(pages.inUse()).isEqualTo(expected.size());
    }
    check(expected);
  }

  private void check(Map<Long, Long> expected) {
    assertThat(runs.pages()).isEqualTo(expected.size());
    for (long page = 0; page < 201; page++) {
      Extent found =
          expected.containsKey(page)
              ? new Extent.Present(expected.get(page), 1)
              : new Extent.Hole(1);
      assertThat(runs.at(page, 1)).as("page " + page).isEqualTo(found);
    }
  }
}
