package dev.nommu.kernel.memory;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Page;

/**
 * A free block of the buddy allocator.
 *
 * @param address the address of its first page; a multiple of its size
 * @param order the binary logarithm of its pages
 */
public record FreeBlock(long address, int order) {
  /** Returns its addresses. */
  public AddressRange range() {
    return new AddressRange(address, Page.SIZE << order);
  }
}
