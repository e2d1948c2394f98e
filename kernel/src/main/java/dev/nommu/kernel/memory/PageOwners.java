package dev.nommu.kernel.memory;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The plugins that have pages of RAM, as long as they have any. Thread-safe. */
public final class PageOwners {
  private final Set<OwnedPages> owners = ConcurrentHashMap.newKeySet();

  PageOwners() {}

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
