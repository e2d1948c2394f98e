package dev.nommu.nio;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.PageSource;
import java.lang.ScopedValue.CallableOp;
import java.lang.foreign.MemorySegment;

/**
 * Pages that a quota counts.
 *
 * @param pages their source
 * @param quota the quota that counts them
 */
record QuotaPages(PageSource pages, Quota quota) implements PageSource {
  @Override
  public long maximumRun() {
    return pages.maximumRun();
  }

  @Override
  public long allocateRun(long count) throws ErrnoException {
    return counted(count, () -> pages.allocateRun(count));
  }

  @Override
  public long allocatePage() throws ErrnoException {
    return counted(1, pages::allocatePage);
  }

  private long counted(long count, CallableOp<Long, ErrnoException> allocation)
      throws ErrnoException {
    quota.takePages(count);
    boolean done = false;
    try {
      long address = allocation.call();
      done = true;
      return address;
    } finally {
      if (!done) {
        quota.givePages(count);
      }
    }
  }

  @Override
  public void free(long address, long count) {
    pages.free(address, count);
    quota.givePages(count);
  }

  @Override
  public MemorySegment memory(long address, long length) {
    return pages.memory(address, length);
  }
}
