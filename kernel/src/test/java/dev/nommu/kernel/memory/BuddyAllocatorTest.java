package dev.nommu.kernel.memory;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The buddy allocator, alone and against a map of pages that is searched from end to end. */
final class BuddyAllocatorTest {
  private static final long BASE = 0x8000_0000L;
  private static final long PAGE = 4096;

  private static BuddyAllocator of(int pages, int maximumOrder) {
    return new BuddyAllocator(
        Ram.of(new AddressRange(BASE, pages * PAGE)), List.of(), maximumOrder);
  }

  @Test
  void trim01_largestBlockHas1024Pages() throws Exception {
    BuddyAllocator allocator = of(4096, BuddyAllocator.MAX_PAGE_ORDER);
    assertThat(allocator.maximumOrder()).isEqualTo(10);
    assertThat(allocator.allocate(10) % (1024 * PAGE)).isZero();
    assertThat(allocator.freePages()).isEqualTo(3072);
  }

  @Test
  void blocksOfUpToEightPagesComeFromTheTop_largerOnesFromTheBottom() throws Exception {
    assertThat(of(64, 6).allocate(0)).isEqualTo(BASE + 63 * PAGE);
    assertThat(of(64, 6).allocate(3)).isEqualTo(BASE + 56 * PAGE);
    assertThat(of(64, 6).allocate(4)).isEqualTo(BASE);
  }

  @Test
  void trim04_anyPagesOfABlockCanBeGivenBack() throws Exception {
    BuddyAllocator allocator = of(8, 3);
    long block = allocator.allocate(3);
    allocator.free(block + 5 * PAGE, 3);
    assertThat(allocator.freeBlocks()).containsExactly(1, 1, 0, 0);
    assertThat(allocator.allocate(1)).isEqualTo(block + 6 * PAGE);
    assertThat(allocator.check()).isEmpty();
  }

  @Test
  void trim06_freedBuddiesMergeAgain() throws Exception {
    BuddyAllocator allocator = of(1024, 10);
    List<Long> pages = new ArrayList<>();
    for (int i = 0; i < 1024; i++) {
      pages.add(allocator.allocate(0));
    }
    assertErrno(Errno.ENOMEM, () -> allocator.allocate(0));
    for (long page : pages) {
      allocator.free(page, 1);
    }
    assertThat(allocator.freeBlocks().getLast()).isEqualTo(1);
    assertThat(allocator.allocate(10)).isEqualTo(BASE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void trim07_blockIsAlignedToItsSize(int order) throws Exception {
    BuddyAllocator allocator = of(4096, 10);
    allocator.allocate(0);
    allocator.allocate(1);
    assertThat(allocator.allocate(order) % (PAGE << order)).isZero();
  }

  @Test
  void trim07_blockIsAlignedToItsSizeAlsoIfTheRamIsNot() throws Exception {
    BuddyAllocator allocator =
        new BuddyAllocator(Ram.of(new AddressRange(BASE + PAGE, 15 * PAGE)), List.of(), 3);
    assertThat(allocator.freeBlocks()).containsExactly(1, 1, 1, 1);
    assertThat(allocator.allocate(3)).isEqualTo(BASE + 8 * PAGE);
    assertThat(allocator.allocate(2)).isEqualTo(BASE + 4 * PAGE);
    assertThat(allocator.allocate(1)).isEqualTo(BASE + 2 * PAGE);
    assertThat(allocator.allocate(0)).isEqualTo(BASE + PAGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void plugin01_pageThatIsFreeAlready_cannotBeFreedAsAPartOfMore(int free) throws Exception {
    BuddyAllocator allocator = of(8, 3);
    long block = allocator.allocate(3);
    allocator.free(block + free * PAGE, 1);
    assertThatThrownBy(() -> allocator.free(block, 4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "free of 4 pages at 0x%x: page at 0x%x is already free", block, block + free * PAGE);
    allocator.free(block + 4 * PAGE, 4);
    assertThat(allocator.freePages()).isEqualTo(5);
  }

  @Test
  void plugin01_freeBlockInTheMiddle_isNamedByItsFirstPage() throws Exception {
    BuddyAllocator allocator = of(8, 3);
    allocator.free(allocator.allocate(3) + 4 * PAGE, 4);
    assertThatThrownBy(() -> allocator.free(BASE, 8))
        .hasMessage("free of 8 pages at 0x80000000: page at 0x80004000 is already free");
  }

  @Test
  void plugin01_partOfAFreeBlock_cannotBeFreed() {
    BuddyAllocator allocator = of(8, 3);
    assertThatThrownBy(() -> allocator.free(BASE + 5 * PAGE, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("free of 2 pages at 0x80005000: page at 0x80005000 is already free");
  }

  @Test
  void check_tellsOfBlocksThatAreFreeTwiceOrNotMergedOrMiscounted() {
    assertThat(check(5, blocks(4), blocks(), blocks(0))).isEmpty();
    assertThat(check(5, blocks(3), blocks(), blocks(0)))
        .containsExactly("allocator: block 3 of order 0 is free twice");
    assertThat(check(2, blocks(), blocks(1), blocks())).isEmpty();
    assertThat(check(4, blocks(), blocks(0, 1), blocks()))
        .containsExactly(
            "allocator: free buddies of order 1 not merged at block 0",
            "allocator: free buddies of order 1 not merged at block 1");
    assertThat(check(8, blocks(), blocks(), blocks(0, 1))).isEmpty();
    assertThat(check(7, blocks(), blocks(), blocks(0, 1)))
        .containsExactly("allocator: 8 pages in free blocks, 7 counted");
  }

  private static List<String> check(long pages, FreeBlocks... byOrder) {
    return BuddyAllocator.check(byOrder, pages);
  }

  private static FreeBlocks blocks(int... members) {
    FreeBlocks blocks = new FreeBlocks(8);
    for (int member : members) {
      blocks.add(member);
    }
    return blocks;
  }

  @Test
  void trim07_enoughPagesInSmallPieces_isEnomemAndTheMessageListsThem() throws Exception {
    BuddyAllocator allocator = of(8, 3);
    List<Long> pages = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      pages.add(allocator.allocate(0));
    }
    for (long page : pages) {
      if (page / PAGE % 2 == 0) {
        allocator.free(page, 1);
      }
    }
    assertThat(allocator.freePages()).isEqualTo(4);
    assertThatThrownBy(() -> allocator.allocate(1))
        .isInstanceOf(ErrnoException.class)
        .hasMessage("order 1: 8 KiB in one piece; 16 KiB free in 4 pieces, by order [4, 0, 0, 0]");
  }

  @Test
  void layout_isTheFreeBlocksByAddress() throws Exception {
    BuddyAllocator allocator = of(16, 3);
    long high = allocator.allocate(3);
    allocator.free(high + PAGE, 1);
    allocator.free(high + 4 * PAGE, 4);
    assertThat(allocator.layout())
        .containsExactly(
            new FreeBlock(BASE, 3),
            new FreeBlock(high + PAGE, 0),
            new FreeBlock(high + 4 * PAGE, 2));
  }

  @Test
  void memf11_singlePagesAreNotAdjacentInAscendingOrder() throws Exception {
    BuddyAllocator allocator = of(64, 6);
    long first = allocator.allocate(0);
    assertThat(allocator.allocate(0)).isNotEqualTo(first + PAGE);
  }

  @Test
  void reservedPages_areNeverHandedOut() throws Exception {
    BuddyAllocator allocator =
        new BuddyAllocator(
            Ram.of(new AddressRange(BASE, 64 * PAGE)),
            List.of(
                new AddressRange(BASE + 10 * PAGE + 5, 1),
                new AddressRange(0, PAGE),
                new AddressRange(BASE + 63 * PAGE, PAGE),
                new AddressRange(BASE, 2 * PAGE)),
            6);
    assertThat(allocator.totalPages()).isEqualTo(60);
    for (int i = 0; i < 60; i++) {
      long page = (allocator.allocate(0) - BASE) / PAGE;
      assertThat(page).isNotIn(0L, 1L, 10L).isLessThan(63);
    }
    assertErrno(Errno.ENOMEM, () -> allocator.allocate(0));
  }

  @Test
  void plugin01_pagesThatAreNotAllocated_cannotBeFreed() throws Exception {
    BuddyAllocator allocator = of(64, 6);
    long block = allocator.allocate(2);
    assertThatThrownBy(() -> allocator.free(block, 5)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> allocator.free(block + 1, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> allocator.free(BASE - PAGE, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> allocator.free(BASE + 64 * PAGE, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThat(allocator.freePages()).isEqualTo(60);
    assertThat(allocator.check()).isEmpty();
  }

  /** The allocated pages, one bit per page. */
  private static final class Model {
    private final BitSet used = new BitSet();
    private final int pages;

    Model(int pages) {
      this.pages = pages;
    }

    boolean hasBlock(int order) {
      int size = 1 << order;
      for (int at = 0; at + size <= pages; at += size) {
        int taken = used.nextSetBit(at);
        if (taken < 0 || taken >= at + size) {
          return true;
        }
      }
      return false;
    }
  }

  private record Held(long address, int pages) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void trim07_randomCalls_succeedWheneverAnAlignedBlockIsFree(long seed) throws Exception {
    Random random = new Random(seed);
    int pages = 200 + random.nextInt(100);
    BuddyAllocator allocator = of(pages, 5);
    Model model = new Model(pages);
    List<Held> held = new ArrayList<>();
    for (int step = 0; step < 4000; step++) {
      if (held.isEmpty() || random.nextInt(5) < 3) {
        allocate(allocator, model, held, random.nextInt(6));
      } else {
        free(allocator, model, held.remove(random.nextInt(held.size())), held, random);
      }
      assertThat(allocator.freePages()).isEqualTo(pages - model.used.cardinality());
      assertThat(allocator.check()).isEmpty();
    }
  }

  private static void allocate(BuddyAllocator allocator, Model model, List<Held> held, int order)
      throws Exception {
    if (!model.hasBlock(order)) {
      assertErrno(Errno.ENOMEM, () -> allocator.allocate(order));
      return;
    }
    long address = allocator.allocate(order);
    int first = (int) ((address - BASE) / PAGE);
    assertThat(first % (1 << order)).isZero();
    assertThat(model.used.get(first, first + (1 << order)).isEmpty()).isTrue();
    model.used.set(first, first + (1 << order));
    held.add(new Held(address, 1 << order));
  }

  /** Frees a block, or the end of it. */
  private static void free(
      BuddyAllocator allocator, Model model, Held block, List<Held> held, Random random) {
    int kept = random.nextInt(3) == 0 ? random.nextInt(block.pages()) : 0;
    if (kept > 0) {
      held.add(new Held(block.address(), kept));
    }
    int first = (int) ((block.address() - BASE) / PAGE);
    allocator.free(block.address() + kept * PAGE, block.pages() - kept);
    model.used.clear(first + kept, first + block.pages());
  }
}
