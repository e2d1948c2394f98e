package dev.nommu.kernel.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interval tree against a sorted list searched from end to end. */
final class IntervalTreeTest {
  private static final class Span extends IntervalTree.Interval {
    private final long start;
    private final long end;
    private final int age;

    Span(long start, long end, int age) {
      this.start = start;
      this.end = end;
      this.age = age;
    }

    @Override
    long intervalStart() {
      return start;
    }

    @Override
    long intervalEnd() {
      return end;
    }

    @Override
    public String toString() {
      return start + "-" + end + "#" + age;
    }
  }

  private static final Comparator<Span> ORDER =
      Comparator.<Span>comparingLong(span -> span.start)
          .thenComparingLong(span -> span.end)
          .thenComparingInt(span -> span.age);

  private final IntervalTree<Span> tree = new IntervalTree<>();
  private final List<Span> list = new ArrayList<>();

  private void add(long start, long end) {
    Span span = new Span(start, end, list.size());
    tree.add(span);
    list.add(span);
    list.sort(ORDER);
  }

  private static List<Span> listed(Iterable<Span> spans) {
    List<Span> found = new ArrayList<>();
    spans.forEach(found::add);
    return found;
  }

  private List<Span> overlapping(long start, long end) {
    return list.stream().filter(span -> span.start < end && span.end > start).toList();
  }

  private void assertSame(Random random, int width) {
    assertThat(tree.size()).isEqualTo(list.size());
    assertThat(listed(tree)).containsExactlyElementsOf(list);
    long start = random.nextInt(width);
    long end = start + 1 + random.nextInt(width / 4);
    assertThat(listed(tree.overlapping(start, end)))
        .containsExactlyElementsOf(overlapping(start, end));
    assertThat(tree.firstOverlapping(start, end))
        .isEqualTo(overlapping(start, end).stream().findFirst());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void share01_overlapsAreFoundInOrder_asInAList(long seed) {
    Random random = new Random(seed);
    int width = seed % 2 == 0 ? 40 : 40_000;
    int ages = 0;
    for (int step = 0; step < 12_000; step++) {
      boolean adds = list.isEmpty() || random.nextInt(10) < (step < 6_000 ? 8 : 2);
      if (adds) {
        long start = random.nextInt(width);
        Span span = new Span(start, start + 1 + random.nextInt(width / 3), ages++);
        tree.add(span);
        list.add(~Collections.binarySearch(list, span, ORDER), span);
      } else {
        tree.remove(list.remove(random.nextInt(list.size())));
      }
      if (step % 40 == 0 || list.size() < 100) {
        assertSame(random, width);
      }
    }
  }

  @Test
  void from_goesOnBehindEqualIntervals() {
    for (int i = 0; i < 5; i++) {
      add(10, 20);
    }
    add(5, 50);
    add(20, 21);
    assertThat(listed(tree.from(list.get(3)))).containsExactlyElementsOf(list.subList(3, 7));
  }

  @Test
  void remove_ofWhatIsNotThere_changesNothing() {
    add(1, 2);
    assertThatThrownBy(() -> tree.remove(new Span(7, 8, 9)))
        .isInstanceOf(NoSuchElementException.class);
    assertThat(listed(tree)).containsExactlyElementsOf(list);
    assertThat(tree.size()).isEqualTo(1);
  }

  @Test
  void ascendingInsertion_doesNotMakeTheTreeDeep() {
    LongStream.range(0, 1_000_000).forEach(at -> tree.add(new Span(at, at + 1, (int) at)));
    assertThat(tree.firstOverlapping(777_777, 777_778).orElseThrow().start).isEqualTo(777_777);
    assertThat(tree.firstOverlapping(1_000_000, Long.MAX_VALUE)).isEmpty();
    assertThat(tree.isEmpty()).isFalse();
  }
}
