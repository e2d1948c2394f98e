package dev.nommu.nio;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;

/**
 * The limits of all files of a machine in memory, and their use. Thread-safe; its monitor is
 * acquired after all others.
 */
final class Quota {
  /** As many as memory allows. */
  static final long NO_LIMIT = Long.MAX_VALUE >> Page.SHIFT;

  private final long mostPages;
  private final long mostInodes;
  private long pages;
  private long inodes;
  private boolean begun;

  /**
   * Creates a quota with nothing in use.
   *
   * @param mostPages how many files may have
   * @param mostInodes how many there may be
   */
  Quota(long mostPages, long mostInodes) {
    this.mostPages = mostPages;
    this.mostInodes = mostInodes;
  }

  /**
   * Counts pages that are about to be allocated.
   *
   * @throws ErrnoException ENOSPC if that would exceed the limit
   */
  synchronized void takePages(long more) throws ErrnoException {
    if (pages + more > mostPages) {
      throw new ErrnoException(
          Errno.ENOSPC,
          "%d bytes more: the files have %d of at most %d bytes"
              .formatted(more << Page.SHIFT, pages << Page.SHIFT, mostPages << Page.SHIFT));
    }
    pages += more;
  }

  /** Counts pages that were freed. */
  synchronized void givePages(long fewer) {
    pages -= fewer;
  }

  /** Returns how many pages are left. */
  synchronized long freePages() {
    return mostPages - pages;
  }

  /**
   * Counts an inode that is about to get its first name.
   *
   * @throws ErrnoException ENOSPC if that would exceed the limit
   */
  synchronized void takeInode(String name) throws ErrnoException {
    if (begun && inodes >= mostInodes) {
      throw new ErrnoException(
          Errno.ENOSPC, "%s: the limit of %d inodes is reached".formatted(name, mostInodes));
    }
    inodes++;
  }

  /** Counts inodes that no longer have a name. */
  synchronized void giveInodes(long fewer) {
    inodes -= fewer;
  }

  /** Starts counting inodes: the existing ones are the machine's own. */
  synchronized void begin() {
    inodes = 0;
    begun = true;
  }

  /** Returns how many pages files may have. */
  long mostPages() {
    return mostPages;
  }

  /** Returns how many inodes there may be. */
  long mostInodes() {
    return mostInodes;
  }
}
