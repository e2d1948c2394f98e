package dev.nommu.kernel.memory;

import dev.nommu.api.AddressRange;
import java.util.List;

/** Creates the page allocator of each machine. May be called concurrently. */
@FunctionalInterface
public interface AllocatorFactory {
  /**
   * Returns an allocator of all pages except the reserved ones.
   *
   * @param ram the RAM
   * @param reserved ranges that are never allocated; anything outside the RAM is ignored
   */
  PageAllocator make(Ram ram, List<AddressRange> reserved);
}
