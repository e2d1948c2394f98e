package dev.nommu.kernel.sanitizer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.AddressRange;
import dev.nommu.api.Page;
import dev.nommu.kernel.sanitizer.Finding.Trace;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where plugins allocated the pages they have, and freed those they had. Thread-safe. */
final class PageBook {
  /** By the address of each page. */
  @GuardedBy("this")
  private final Map<Long, Trace> allocated = new HashMap<>();

  private final History<Free> frees = new History<>();

  private record Free(String plugin, AddressRange range, Trace trace) {}

  synchronized void allocated(AddressRange pages, Trace trace) {
    for (long page = pages.start(); page < pages.end(); page += Page.SIZE) {
      allocated.put(page, trace);
    }
  }

  void freed(String plugin, AddressRange pages, Trace trace) {
    forget(pages);
    frees.add(new Free(plugin, pages, trace));
  }

  synchronized void forget(AddressRange pages) {
    for (long page = pages.start(); page < pages.end(); page += Page.SIZE) {
      allocated.remove(page);
    }
  }

  /** Returns where the page at an address was allocated, or empty if no plugin has it. */
  synchronized Optional<Trace> allocatedAt(long address) {
    return Optional.ofNullable(allocated.get(address & -Page.SIZE));
  }

  /** Returns where a plugin freed one of these pages, or empty if none did. */
  Optional<Trace> freedBy(String plugin, AddressRange pages) {
    return frees
        .last(free -> free.plugin().equals(plugin) && free.range().overlaps(pages))
        .map(Free::trace);
  }
}
