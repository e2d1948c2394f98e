package dev.nommu.kernel.device;

import dev.nommu.api.AddressRange;
import dev.nommu.kernel.board.Simulation.Content;
import dev.nommu.kernel.board.Simulation.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The initial contents of the board's parts, found by address. Immutable. */
final class Contents {
  private record Placed(int order, Content content) {}

  private final Map<String, List<Placed>> byNode = new HashMap<>();
  private final NavigableMap<Long, List<Placed>> byAddress = new TreeMap<>();

  /** Creates the contents of a board, in the board's order. */
  Contents(List<Content> contents) {
    int order = 0;
    for (Content content : contents) {
      at(content.place()).add(new Placed(order++, content));
    }
  }

  private List<Placed> at(Place place) {
    return switch (place) {
      case Place.OfNode(String path) -> byNode.computeIfAbsent(path, absent -> new ArrayList<>());
      case Place.AtAddress(long address) ->
          byAddress.computeIfAbsent(address, absent -> new ArrayList<>());
    };
  }

  /** Returns the first content of the device of a node, or empty. */
  Optional<Content> ofNode(String path) {
    return byNode.getOrDefault(path, List.of()).stream().map(Placed::content).findFirst();
  }

  /**
   * Returns the contents at the addresses of these ranges or in the device of a node, in the
   * board's order.
   *
   * @param node the path of the node, if any
   */
  List<Content> in(List<AddressRange> ranges, Optional<String> node) {
    List<Placed> found =
        new ArrayList<>(node.map(path -> byNode.getOrDefault(path, List.of())).orElse(List.of()));
    for (AddressRange range : ranges) {
      byAddress.subMap(range.start(), range.end()).values().forEach(found::addAll);
    }
    return found.stream()
        .sorted(Comparator.comparingInt(Placed::order))
        .map(Placed::content)
        .toList();
  }
}
