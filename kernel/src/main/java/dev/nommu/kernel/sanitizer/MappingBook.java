package dev.nommu.kernel.sanitizer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.AddressRange;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.mmap.Mapping;
import dev.nommu.kernel.mmap.MemoryMap;
import dev.nommu.kernel.sanitizer.Finding.Trace;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * The history of a machine's mappings: how they were made and how they went. Thread-safe; takes no
 * other monitor while it holds its own.
 */
final class MappingBook {
  private static final Made UNKNOWN =
      new Made(Sharing.PRIVATE, new Trace("mapped earlier", List.of()));

  @GuardedBy("this")
  private final Map<Mapping, Made> made = new WeakHashMap<>();

  @GuardedBy("this")
  private final Map<Mapping, List<Cut>> cuts = new WeakHashMap<>();

  private final History<Unmapping> unmappings = new History<>();

  /** A range that a mapping shows although its file has lost it. */
  record Cut(AddressRange range, Trace trace) {}

  private record Unmapping(WeakReference<MemoryMap> of, AddressRange range, Trace trace) {
    boolean hadMapped(MemoryMap map, long address) {
      return of.refersTo(map) && range.contains(address, 1);
    }
  }

  /** How a mapping was made: the request and the task. */
  record Made(Sharing asked, Trace trace) {}

  synchronized void mapped(Mapping mapping, Made how) {
    made.put(mapping, how);
  }

  /** Records the upper part of a split mapping as a separate one, with the origin of the whole. */
  synchronized void divided(Mapping lower, Mapping upper) {
    made.put(upper, madeBy(lower));
  }

  synchronized void gone(Mapping mapping) {
    made.remove(mapping);
    cuts.remove(mapping);
  }

  void unmapped(MemoryMap of, AddressRange range, Trace trace) {
    unmappings.add(new Unmapping(new WeakReference<>(of), range, trace));
  }

  synchronized void truncated(Mapping mapping, Cut cut) {
    cuts.computeIfAbsent(mapping, none -> new ArrayList<>()).add(cut);
  }

  /** Returns how a mapping was made. */
  synchronized Made madeBy(Mapping mapping) {
    return made.getOrDefault(mapping, UNKNOWN);
  }

  /** Returns how an address was unmapped from a memory map; empty if it was never mapped there. */
  Optional<Trace> unmappedAt(MemoryMap map, long address) {
    return unmappings.last(past -> past.hadMapped(map, address)).map(Unmapping::trace);
  }

  /** Returns the part of a range that a mapping shows although its file has lost it, or empty. */
  synchronized Optional<Cut> cutAt(Mapping mapping, AddressRange range) {
    return cuts.getOrDefault(mapping, List.of()).stream()
        .filter(cut -> cut.range().overlaps(range))
        .findFirst();
  }

  /** Returns the mappings, of all processes, that show part of a range. */
  synchronized List<Mapping> showing(AddressRange range) {
    return made.keySet().stream()
        .filter(mapping -> mapping.start() < range.end() && range.start() < mapping.end())
        .toList();
  }
}
