package dev.nommu.bench.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.kernel.memory.BuddyAllocator;
import dev.nommu.kernel.memory.Ram;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListBuddyTest {
  private static final long BASE = 0x8000_0000L;
  private static final long PAGE = 4096;

  private static ListBuddy of(int pages, int maximumOrder) {
    return new ListBuddy(new AddressRange(BASE, pages * PAGE), maximumOrder);
  }

  @Test
  void halvedBlock_isKeptByItsLowerHalf_andItsUpperHalfIsTakenNext() throws Exception {
    ListBuddy lists = of(8, 3);
    assertThat(lists.allocate(1)).isEqualTo(BASE);
    assertThat(lists.freeBlocks()).containsExactly(0, 1, 1, 0);
    assertThat(lists.allocate(1)).isEqualTo(BASE + 2 * PAGE);
  }

  @Test
  void blockFreedLast_isTakenFirst() throws Exception {
    ListBuddy lists = of(8, 3);
    for (int i = 0; i < 8; i++) {
      lists.allocate(0);
    }
    lists.free(BASE + 6 * PAGE, 1);
    lists.free(BASE, 1);
    assertThat(lists.allocate(0)).isEqualTo(BASE);
  }

  @Test
  void blockThatMayMergeTwice_isTakenLast() throws Exception {
    ListBuddy lists = of(8, 3);
    for (int i = 0; i < 8; i++) {
      lists.allocate(0);
    }
    lists.free(BASE + 4 * PAGE, 1);
    lists.free(BASE + 2 * PAGE, 2);
    lists.free(BASE, 1);
    assertThat(lists.freeBlocks()).containsExactly(2, 1, 0, 0);
    assertThat(lists.allocate(0)).isEqualTo(BASE + 4 * PAGE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void freeMemoryOfTheMachine_isNoLessUsableThanThatOfLists(long seed) {
    AddressRange ram = new AddressRange(BASE, 2048 * PAGE);
    List<Step> trace = ChanceTrace.of(seed, 2000, 1700);
    double ours = Replay.usability(trace, new BuddyAllocator(Ram.of(ram), List.of(), 10));
    assertThat(ours).isGreaterThanOrEqualTo(Replay.usability(trace, new ListBuddy(ram, 10)));
  }
}
