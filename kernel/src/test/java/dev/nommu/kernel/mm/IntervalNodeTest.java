package dev.nommu.kernel.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that are divided and joined, and how full they remain. */
final class IntervalNodeTest {
  private static final int FULL = 32;

  private static final class Span extends IntervalTree.Interval {
    private final long start;

    Span(long start) {
      this.start = start;
    }

    @Override
    long intervalStart() {
      return start;
    }

    @Override
    long intervalEnd() {
      return start + 1;
    }
  }

  private final List<Span> spans = new ArrayList<>();

  /** Returns a leaf with intervals two apart. */
  private IntervalNode<Span> leaf(int size) {
    IntervalNode<Span> leaf = IntervalNode.leaf();
    for (int i = 0; i < size; i++) {
      Span span = new Span(2L * spans.size());
      spans.add(span);
      leaf.add(span);
    }
    return leaf;
  }

  @Test
  void add_tellsWhichEntryIsNewOrHasChanged() {
    IntervalNode<Span> low = leaf(3);
    IntervalNode<Span> top = IntervalNode.above(low, leaf(FULL - 1));
    assertThat(low.add(new Span(3))).isEqualTo(2);
    assertThat(top.add(new Span(5))).isZero();
    assertThat(top.add(new Span(9))).as("the second, which is divided").isEqualTo(2);
    assertThat(top.size()).isEqualTo(3);
    assertThat(top.add(new Span(1000))).isEqualTo(2);
  }

  @Test
  void divide_behindTheLastEntry_leavesAFullNodeBehind() {
    IntervalNode<Span> node = leaf(FULL);
    assertThat(node.isFull()).isTrue();
    assertThat(node.divide(FULL - 1).size()).isEqualTo(1);
    assertThat(node.size()).isEqualTo(FULL - 1);
  }

  @Test
  void divide_anywhereElse_makesTwoHalves() {
    IntervalNode<Span> node = leaf(FULL);
    assertThat(node.divide(FULL - 2).size()).isEqualTo(FULL / 2);
    assertThat(node.size()).isEqualTo(FULL / 2);
  }

  @Test
  void remove_joinsWithTheNextNode_asSoonAsBothFillHalfOfOne() {
    IntervalNode<Span> top = IntervalNode.above(leaf(9), leaf(9));
    top.remove(spans.get(0));
    assertThat(top.size()).as("17 in both").isEqualTo(2);
    top.remove(spans.get(1));
    assertThat(top.size()).as("16 in both").isEqualTo(1);
    assertThat(top.child(0).size()).isEqualTo(16);
  }

  @Test
  void remove_joinsWithTheNodeBefore() {
    IntervalNode<Span> top = IntervalNode.above(leaf(8), leaf(9));
    top.remove(spans.get(8));
    assertThat(top.size()).isEqualTo(1);
    assertThat(top.start(0)).isZero();
  }
}
