package dev.nommu.kernel.sanitizer;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.memory.Ram;
import dev.nommu.kernel.mmap.Mapping;
import dev.nommu.kernel.mmap.MemoryMap;
import dev.nommu.kernel.sanitizer.Finding.Trace;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The owners of memory that a process has not mapped. */
final class Grounds {
  private static final Trace NOBODY = new Trace("mapped by nobody", List.of());

  private final Ram ram;
  private final MappingBook mappings;
  private final PageBook pages;

  Grounds(Ram ram, MappingBook mappings, PageBook pages) {
    this.ram = ram;
    this.mappings = mappings;
    this.pages = pages;
  }

  /** The owner of an address, or what is near it. */
  record Ground(String where, Trace trace) {}

  /**
   * Returns the owner of an address to which a process must not store; empty if it may: in a
   * device, and in another process's shared anonymous memory.
   */
  Optional<Ground> of(long address, MemoryMap map) {
    List<Mapping> others = mappings.showing(new AddressRange(address, 1));
    if (others.stream().anyMatch(this::isOffered)) {
      return Optional.empty();
    }
    if (!others.isEmpty()) {
      return Optional.of(mapped(others.getFirst()));
    }
    return ram.contains(address, 1) ? Optional.of(unmapped(address, map)) : Optional.empty();
  }

  private boolean isOffered(Mapping mapping) {
    return mapping.file().isEmpty() && mappings.madeBy(mapping).asked() == Sharing.SHARED;
  }

  private Ground mapped(Mapping other) {
    return new Ground(other.toString(), mappings.madeBy(other).trace());
  }

  private Ground unmapped(long address, MemoryMap map) {
    return pages
        .allocatedAt(address)
        .map(trace -> new Ground("a page of a plugin", trace))
        .orElseGet(() -> nearest(map, address));
  }

  private Ground nearest(MemoryMap map, long address) {
    return map.mappings().stream()
        .min(Comparator.comparingLong(mapping -> distance(mapping, address)))
        .map(mapping ->
            new Ground(
                "no mapping; 0x%x bytes away is %s".formatted(distance(mapping, address), mapping),
                mappings.madeBy(mapping).trace()))
        .orElse(new Ground("no mapping; the process has none", NOBODY));
  }

  private static long distance(Mapping mapping, long address) {
    return address < mapping.start() ? mapping.start() - address : address - mapping.end();
  }
}
