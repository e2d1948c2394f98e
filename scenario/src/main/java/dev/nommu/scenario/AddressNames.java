package dev.nommu.scenario;

import dev.nommu.api.AddressRange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names of addresses. A mapping keeps its name as long as any of its memory is in a region of
 * any process, and all addresses in this memory are named after it. Pages of a file in memory keep
 * the name of their first mapping as long as they do not move, mapped or not.
 */
final class AddressNames {
  private final KernelPort kernel;
  private final Set<String> used = new HashSet<>();
  private final Map<FileStart, NamedMemory> onFiles = new HashMap<>();
  private final NamedMemory named = new NamedMemory();
  private boolean stale;
  private int places;
  private int unnamed;

  /** The address at which a file in memory has, or would have, its first byte. */
  private record FileStart(Object file, long address) {}

  /** Creates the names for a new run. */
  AddressNames(KernelPort kernel) {
    this.kernel = kernel;
  }

  /** Called when memory may have been unmapped since {@link #forgetUnmapped}. */
  void mayBeUnmapped() {
    stale = true;
  }

  /**
   * Removes the names of memory that is no longer in any region, if any was unmapped. Must be
   * called before each call that may create a mapping: reused memory gets a new name.
   */
  void forgetUnmapped() {
    if (stale) {
      named.retain(new LiveMemory(kernel.regions()));
      stale = false;
    }
  }

  /**
   * Returns the text of the result of a call that created or found a mapping.
   *
   * @param address the result
   * @param wish the name of the mapping if it is new; by default m1, m2 and so on
   */
  String mapped(long address, Optional<String> wish) {
    return remembered(address, wish).result(address);
  }

  /** Returns the place that a mapped address is relative to; memory without a name gets one. */
  Place placeOf(long address) {
    return named.placeAt(address).orElseGet(() -> remembered(address, Optional.empty()));
  }

  private Place remembered(long address, Optional<String> wish) {
    Optional<KernelPort.Window> window = kernel.windowAt(address);
    Optional<FileStart> file = window.isPresent() ? Optional.empty() : fileStart(address);
    List<AddressRange> regions = kernel.regionsAt(address);
    NamedMemory pages = file.map(this::pagesOf).orElseGet(NamedMemory::new);
    Place place =
        named
            .placeAt(address)
            .or(() -> overlapped(regions, pages))
            .orElseGet(() -> newPlace(address, window, wish));
    for (AddressRange region : regions) {
      named.name(region, place);
      pages.name(region, place);
    }
    return place;
  }

  private static Optional<Place> overlapped(List<AddressRange> regions, NamedMemory by) {
    return regions.stream().map(by::placeIn).flatMap(Optional::stream).findFirst();
  }

  private NamedMemory pagesOf(FileStart file) {
    return onFiles.computeIfAbsent(file, absent -> new NamedMemory());
  }

  private Optional<FileStart> fileStart(long address) {
    return kernel
        .fileAt(address)
        .map(place -> new FileStart(place.file(), address - place.offset()));
  }

  private Place newPlace(long address, Optional<KernelPort.Window> window, Optional<String> wish) {
    int order = places++;
    return window
        .<Place>map(found -> new Place.InWindow(order, found))
        .orElseGet(() -> new Place.Named(order, unused(wish), address));
  }

  private String unused(Optional<String> wish) {
    String wanted = wish.orElseGet(() -> "m" + ++unnamed);
    String name = wanted;
    for (int count = 2; !used.add(name); count++) {
      name = wanted + "_" + count;
    }
    return name;
  }
}
