package dev.nommu.bench.trace;

/** One call of a page allocator, without addresses, so that any allocator can replay it. */
public sealed interface Step {
  /**
   * A block is allocated. Blocks are numbered from 0, in the order of the requests.
   *
   * @param order the block has 2<sup>order</sup> pages
   */
  record Allocate(int order) implements Step {}

  /**
   * Pages of one block are freed.
   *
   * @param block the number of the block
   * @param first the first of the pages, relative to the block
   * @param pages the number of pages
   */
  record Free(int block, int first, int pages) implements Step {}
}
