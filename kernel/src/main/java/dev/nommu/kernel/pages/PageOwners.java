package dev.nommu.kernel.pages;

import dev.nommu.kernel.memory.PageAllocator;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.sanitizer.Sanitizer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The plugins that have pages of a machine's RAM, as long as they have any. Thread-safe. */
public final class PageOwners {
  private final PhysicalMemory memory;
  private final PageAllocator allocator;
  private final Sanitizer sanitizer;
  private final Set<OwnedPages> owners = ConcurrentHashMap.newKeySet();
  private volatile boolean retired;

  /**
   * Creates the owners of the pages of one machine; there are none yet.
   *
   * @param sanitizer hears of what they get and give back
   */
  public PageOwners(PhysicalMemory memory, PageAllocator allocator, Sanitizer sanitizer) {
    this.memory = memory;
    this.allocator = allocator;
    this.sanitizer = sanitizer;
  }

  /**
   * Returns a source that has no pages yet.
   *
   * @param owner the class that is blamed for a wrong call
   */
  public OwnedPages newOwner(String owner) {
    return new OwnedPages(owner, memory, allocator, this);
  }

  /** Gives no plugin a page any more: the machine ends, and what was mapped is still shown. */
  public void retire() {
    retired = true;
  }

  /**
   * Returns whether {@link #retire} was called. To be asked after an allocation: the pages of a
   * mapping that ended then are free only after that call.
   */
  boolean isRetired() {
    return retired;
  }

  /** Returns those that have pages now, whatever has become of what they got them for. */
  public List<OwnedPages> all() {
    return List.copyOf(owners);
  }

  /** Returns the sanitizer, for pages and whatever else file systems take. */
  public Sanitizer sanitizer() {
    return sanitizer;
  }

  void add(OwnedPages owner) {
    owners.add(owner);
  }

  void remove(OwnedPages owner) {
    owners.remove(owner);
  }
}
