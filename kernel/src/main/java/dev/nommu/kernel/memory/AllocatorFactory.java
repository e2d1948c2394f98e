package dev.nommu.kernel.memory;

import dev.nommu.api.AddressRange;
import java.util.List;

/** Makes the page allocator of each machine. May be called concurrently. */
@FunctionalInterface
public interface AllocatorFactory {
  /**
   * Returns an allocator of all pages but the reserved ones.
   *
   * @param ram the RAM
   * @param reserved what is never handed out; anything outside the RAM is ignored
   */
  PageAllocator make(Ram ram, List<AddressRange> reserved);
}
