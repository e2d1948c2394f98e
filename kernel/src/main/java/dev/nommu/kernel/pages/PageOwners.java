package dev.nommu.kernel.pages;

import dev.nommu.kernel.memory.PageAllocator;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.sanitizer.Sanitizer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The plugins that own pages of a machine's RAM, while they own any. Thread-safe. */
public final class PageOwners {
  private final PhysicalMemory memory;
  private final PageAllocator allocator;
  private final Sanitizer sanitizer;
  private final Set<OwnedPages> owners = ConcurrentHashMap.newKeySet();
  private volatile boolean retired;

  /**
   * Creates an empty set of owners of the pages of one machine.
   *
   * @param sanitizer is notified of allocations and frees
   */
  public PageOwners(PhysicalMemory memory, PageAllocator allocator, Sanitizer sanitizer) {
    this.memory = memory;
    this.allocator = allocator;
    this.sanitizer = sanitizer;
  }

  /**
   * Returns a source that has no pages yet.
   *
   * @param owner the class named in errors
   */
  public OwnedPages newOwner(String owner) {
    return new OwnedPages(owner, memory, allocator, this);
  }

  /** Rejects further allocations: the machine ends, and mapped pages are still shown. */
  public void retire() {
    retired = true;
  }

  /**
   * Returns whether {@link #retire} was called. To be checked after an allocation: the pages of a
   * mapping that ended then are free only after that call.
   */
  boolean isRetired() {
    return retired;
  }

  /** Returns the owners that have pages now, even if their mount or probe is over. */
  public List<OwnedPages> all() {
    return List.copyOf(owners);
  }

  /** Returns the sanitizer, for pages and other resources of file systems. */
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
