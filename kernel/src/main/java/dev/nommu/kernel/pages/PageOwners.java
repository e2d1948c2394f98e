package dev.nommu.kernel.pages;

import dev.nommu.kernel.memory.PageAllocator;
import dev.nommu.kernel.memory.PhysicalMemory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The plugins that have pages of a machine's RAM, as long as they have any. Thread-safe. */
public final class PageOwners {
  private final PhysicalMemory memory;
  private final PageAllocator allocator;
  private final Set<OwnedPages> owners = ConcurrentHashMap.newKeySet();

  /** Creates the owners of the pages of one machine; there are none yet. */
  public PageOwners(PhysicalMemory memory, PageAllocator allocator) {
    this.memory = memory;
    this.allocator = allocator;
  }

  /**
   * Returns a source that has no pages yet.
   *
   * @param owner the class that is blamed for a wrong call
   */
  public OwnedPages newOwner(String owner) {
    return new OwnedPages(owner, memory, allocator, this);
  }

  /** Returns those that have pages now, whatever has become of what they got them for. */
  public List<OwnedPages> all() {
    return List.copyOf(owners);
  }

  void add(OwnedPages owner) {
    owners.add(owner);
  }

  void remove(OwnedPages owner) {
    owners.remove(owner);
  }
}
