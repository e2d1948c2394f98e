package dev.nommu.api;

import java.lang.foreign.MemorySegment;

/**
 * The page source of a mount request that was not made by a kernel, such as in a test: it has no
 * pages.
 */
record NoPages() implements PageSource {
  @Override
  public long maximumRun() {
    return 0;
  }

  @Override
  public long allocateRun(long pages) throws ErrnoException {
    throw new ErrnoException(
        Errno.ENOMEM, "allocate " + pages + " pages: no kernel made this request");
  }

  @Override
  public long allocatePage() throws ErrnoException {
    return allocateRun(1);
  }

  @Override
  public void free(long address, long pages) {
    throw notMine(address);
  }

  @Override
  public MemorySegment memory(long address, long length) {
    throw notMine(address);
  }

  private static IllegalArgumentException notMine(long address) {
    return new IllegalArgumentException("0x%x is not a page of this source".formatted(address));
  }
}
