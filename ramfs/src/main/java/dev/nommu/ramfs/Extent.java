package dev.nommu.ramfs;

/** The content of a file at a range of pages. */
sealed interface Extent {

  /** Returns the length of the range in pages, 1 or more. */
  long pages();

  /**
   * Pages that are consecutive in memory.
   *
   * @param address the physical address of the first
   * @param pages the number of pages
   */
  record Present(long address, long pages) implements Extent {}

  /**
   * Pages that do not exist and read as zero.
   *
   * @param pages the number of pages
   */
  record Hole(long pages) implements Extent {}
}
