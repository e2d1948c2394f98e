package dev.nommu.scenario;

import dev.nommu.api.AddressRange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names of addresses. A mapping has its name for as long as there is memory of it in a region
 * of any process, and all that lies in this memory is called after it. Pages of a file that lies in
 * memory keep the name of their first mapping as long as they lie where they did, mapped or not.
 */
final class AddressNames {
  private final KernelPort kernel;
  private final Set<String> used = new HashSet<>();
  private final Map<FileStart, NamedMemory> onFiles = new HashMap<>();
  private final NamedMemory named = new NamedMemory();
  private boolean stale;
  private int places;
  private int unnamed;

  /** The address at which a file that lies in memory has, or would have, its first byte. */
  private record FileStart(Object file, long address) {}

  /** Creates the names for a run that starts. */
  AddressNames(KernelPort kernel) {
    this.kernel = kernel;
  }

  /** Is told that memory may have been unmapped since names were last forgotten. */
  void mayBeUnmapped() {
    stale = true;
  }

  /**
   * Takes the names from the memory that is in no region any more, if any was unmapped. To be
   * called before each call that may make a mapping: memory that is used again has a new name.
   */
  void forgetUnmapped() {
    if (stale) {
      named.retain(new LiveMemory(kernel.regions()));
      stale = false;
    }
  }

  /**
   * Returns how the result of a call that made or found a mapping is written.
   *
   * @param address the result
   * @param wish the name of the mapping if it is a new one; without a wish it gets m1, m2 and so on
   */
  String mapped(long address, Optional<String> wish) {
    return remembered(address, wish).result(address);
  }

  /** Returns the place a mapped address is counted from; memory without a name gets one. */
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
