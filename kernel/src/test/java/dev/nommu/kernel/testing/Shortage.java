package dev.nommu.kernel.testing;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.FreeBlock;
import dev.nommu.kernel.memory.PageAllocator;
import java.util.List;

/** An allocator that can be told when to have nothing left. */
public final class Shortage implements PageAllocator {
  private static final int NEVER = -1;

  private final PageAllocator real;
  private int left = NEVER;

  Shortage(PageAllocator real) {
    this.real = real;
  }

  /** Lets this many allocations succeed and every later one fail. */
  public synchronized void after(int allocations) {
    left = allocations;
  }

  /** Lets all allocations succeed again that can. */
  public synchronized void over() {
    left = NEVER;
  }

  @Override
  public long allocate(int order) throws ErrnoException {
    count(order);
    return real.allocate(order);
  }

  private synchronized void count(int order) throws ErrnoException {
    if (left == 0) {
      throw new ErrnoException(Errno.ENOMEM, "shortage: no block of order " + order);
    }
    left = left == NEVER ? NEVER : left - 1;
  }

  @Override
  public int maximumOrder() {
    return real.maximumOrder();
  }

  @Override
  public void free(long address, long pages) {
    real.free(address, pages);
  }

  @Override
  public long totalPages() {
    return real.totalPages();
  }

  @Override
  public long freePages() {
    return real.freePages();
  }

  @Override
  public List<Integer> freeBlocks() {
    return real.freeBlocks();
  }

  @Override
  public List<FreeBlock> layout() {
    return real.layout();
  }

  @Override
  public List<String> check() {
    return real.check();
  }
}
