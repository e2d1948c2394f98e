package dev.nommu.nio;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;

/**
 * What the files of a machine in memory may take together, and what they take. Thread-safe; its
 * monitor comes after all others.
 */
final class Quota {
  /** As many as there is memory for. */
  static final long NO_LIMIT = Long.MAX_VALUE >> Page.SHIFT;

  private final long mostPages;
  private final long mostInodes;
  private long pages;
  private long inodes;
  private boolean begun;

  /**
   * Nothing is taken yet.
   *
   * @param mostPages as many as files may have
   * @param mostInodes as many as there may be
   */
  Quota(long mostPages, long mostInodes) {
    this.mostPages = mostPages;
    this.mostInodes = mostInodes;
  }

  /**
   * Counts pages that are about to be allocated.
   *
   * @throws ErrnoException ENOSPC if there would be too many
   */
  synchronized void takePages(long more) throws ErrnoException {
    if (pages + more > mostPages) {
      throw new ErrnoException(
          Errno.ENOSPC,
          "%d bytes more: the files have %d of the %d bytes that they may have"
              .formatted(more << Page.SHIFT, pages << Page.SHIFT, mostPages << Page.SHIFT));
    }
    pages += more;
  }

  /** Counts pages that were given back. */
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
   * @throws ErrnoException ENOSPC if there would be too many
   */
  synchronized void takeInode(String name) throws ErrnoException {
    if (begun && inodes >= mostInodes) {
      throw new ErrnoException(
          Errno.ENOSPC,
          "%s: there are %d files and directories, as many as there may be"
              .formatted(name, inodes));
    }
    inodes++;
  }

  /** Counts inodes that have no name any more. */
  synchronized void giveInodes(long fewer) {
    inodes -= fewer;
  }

  /** Counts inodes from now on: those that are there are the machine's own. */
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
