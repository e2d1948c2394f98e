package dev.nommu.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The set of free blocks against a {@link TreeSet}. */
final class FreeBlocksTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 4095, 4096, 4097, 300_000})
  void lowestHighestAndNextMember_areAsInASortedSet(int capacity) {
    Random random = new Random(capacity);
    FreeBlocks blocks = new FreeBlocks(capacity);
    TreeSet<Integer> set = new TreeSet<>();
    for (int step = 0; step < 4000; step++) {
      int block = random.nextInt(10) == 0 ? capacity - 1 : random.nextInt(capacity);
      if (set.add(block)) {
        blocks.add(block);
      } else {
        set.remove(block);
        blocks.remove(block);
      }
      assertSame(blocks, set, random.nextInt(capacity));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 4096})
  void blockBehindTheLastOne_isNoMember(int capacity) {
    FreeBlocks blocks = new FreeBlocks(capacity);
    blocks.add(capacity - 1);
    assertThat(blocks.contains(capacity)).isFalse();
    assertThat(blocks.next(capacity)).isEqualTo(FreeBlocks.NONE);
  }

  private static void assertSame(FreeBlocks blocks, NavigableSet<Integer> set, int from) {
    assertThat(blocks.size()).isEqualTo(set.size());
    assertThat(blocks.contains(from)).isEqualTo(set.contains(from));
    assertThat(blocks.next(from)).isEqualTo(orNone(set.ceiling(from)));
    assertThat(blocks.first()).isEqualTo(set.isEmpty() ? FreeBlocks.NONE : set.first());
    assertThat(blocks.last()).isEqualTo(set.isEmpty() ? FreeBlocks.NONE : set.last());
  }

  private static int orNone(Integer found) {
    return Optional.ofNullable(found).orElse(FreeBlocks.NONE);
  }
}
