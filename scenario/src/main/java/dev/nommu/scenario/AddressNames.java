package dev.nommu.scenario;

import dev.nommu.api.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names of addresses. A mapping has its name for as long as there is memory of it in a region
 * of any process, and all that lies in this memory is called after it. A file that lies in memory
 * keeps the name of its first mapping as long as it lies where it did, mapped or not.
 */
final class AddressNames {
  private final KernelPort kernel;
  private final Set<String> used = new HashSet<>();
  private final Map<FileStart, Place> onFiles = new HashMap<>();
  private List<Span> spans = new ArrayList<>();
  private int places;
  private int unnamed;

  /** Memory that is called after a place. */
  private record Span(AddressRange range, Place place) {}

  /** The address at which a file that lies in memory has, or would have, its first byte. */
  private record FileStart(Object file, long address) {}

  /** Creates the names for a run that starts. */
  AddressNames(KernelPort kernel) {
    this.kernel = kernel;
  }

  /**
   * Takes the names from the memory that is in no region any more. To be called before each call
   * that may make a mapping: memory that is used again has a new name.
   */
  void forgetUnmapped() {
    LiveMemory live = new LiveMemory(kernel.regions());
    List<Span> kept = new ArrayList<>();
    for (Span span : spans) {
      live.within(span.range).forEach(range -> kept.add(new Span(range, span.place)));
    }
    spans = kept;
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
    return known(address).orElseGet(() -> remembered(address, Optional.empty()));
  }

  private Optional<Place> known(long address) {
    return spans.stream()
        .filter(span -> span.range.contains(address, 1))
        .map(Span::place)
        .findFirst();
  }

  private Place remembered(long address, Optional<String> wish) {
    Optional<KernelPort.Window> window = kernel.windowAt(address);
    Optional<FileStart> file = window.isPresent() ? Optional.empty() : fileStart(address);
    Place place =
        known(address)
            .or(() -> file.map(onFiles::get))
            .orElseGet(() -> newPlace(address, window, wish));
    file.ifPresent(start -> onFiles.putIfAbsent(start, place));
    kernel.regions().stream()
        .filter(region -> region.contains(address, 1))
        .map(region -> new Span(region, place))
        .filter(span -> !spans.contains(span))
        .forEach(spans::add);
    return place;
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
