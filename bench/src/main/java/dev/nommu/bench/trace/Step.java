package dev.nommu.bench.trace;

/** One call of a page allocator, told without addresses, so that any allocator can carry it out. */
public sealed interface Step {
  /**
   * A block is allocated. Blocks are numbered in the order in which they are asked for, from 0.
   *
   * @param order it has two to this many pages
   */
  record Allocate(int order) implements Step {}

  /**
   * Pages of one block are given back.
   *
   * @param block the number of the block
   * @param first the first of the pages, counted in the block
   * @param pages how many
   */
  record Free(int block, int first, int pages) implements Step {}
}
