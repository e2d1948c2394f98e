package dev.nommu.kernel.board;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Page;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Node;
import dev.nommu.devicetree.Property;
import dev.nommu.kernel.board.MainMemory.Unused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Removes the memory that a tree reserves from the RAM, as {@code drivers/of/of_reserved_mem.c}:
 * {@code /memreserve/}, then the children of {@code /reserved-memory} that have addresses, then
 * those that only have a {@code size}. Nodes disabled by their {@code status} reserve nothing.
 */
final class ReservedMemory {
  private static final String ADDRESS_CELLS = "#address-cells";
  private static final String SIZE_CELLS = "#size-cells";
  private static final AddressRange ANYWHERE = new AddressRange(0, Long.MAX_VALUE & -Page.SIZE);

  private final Memblock memblock;
  private final Map<String, AddressRange> regions = new LinkedHashMap<>();
  private final List<Unused> unused = new ArrayList<>();

  private ReservedMemory(Memblock memblock) {
    this.memblock = memblock;
  }

  /** Reserves everything; reports what cannot be reserved. */
  static ReservedMemory take(DeviceTree tree, Memblock memblock) throws DeviceTreeException {
    ReservedMemory taken = new ReservedMemory(memblock);
    for (dev.nommu.devicetree.AddressRange range : tree.memoryReservations()) {
      taken.physical("/", range).ifPresent(memblock::reserve);
    }
    Optional<Node> node = tree.root().child("reserved-memory");
    if (node.isPresent()) {
      taken.takeRegions(node.get());
    }
    return taken;
  }

  /** Returns the addresses of each region, by its path. */
  Map<String, AddressRange> regions() {
    return regions;
  }

  /** Returns what could not be reserved. */
  List<Unused> unused() {
    return unused;
  }

  private void takeRegions(Node parent) throws DeviceTreeException {
    Optional<String> unsupported = unsupported(parent);
    if (unsupported.isPresent()) {
      unused.add(new Unused(parent.path(), "reserved memory: " + unsupported.get()));
      return;
    }
    List<Node> available = parent.children().stream().filter(Node::isAvailable).toList();
    for (Node region : available) {
      takeFixed(region);
    }
    for (Node region : available) {
      if (region.property("reg").isEmpty() && region.property("size").isPresent()) {
        takeDynamic(region);
      }
    }
  }

  /**
   * Linux reads a {@code reg} here before it can translate bus addresses: there must be nothing to
   * translate.
   */
  private static Optional<String> unsupported(Node parent) throws DeviceTreeException {
    Node root = parent.parent().orElseThrow();
    for (String cells : List.of(ADDRESS_CELLS, SIZE_CELLS)) {
      Optional<Property> here = parent.property(cells);
      Optional<Property> there = root.property(cells);
      long expected = there.isEmpty() ? 1 : there.get().asU32();
      if (here.isEmpty() || here.get().asU32() != expected) {
        return Optional.of("expected %s = <%d>, as of the root".formatted(cells, expected));
      }
    }
    return parent.property("ranges").isPresent()
        ? Optional.empty()
        : Optional.of("expected an empty ranges, found none");
  }

  private void takeFixed(Node region) throws DeviceTreeException {
    for (dev.nommu.devicetree.AddressRange range : region.reg()) {
      physical(region.path(), range).ifPresent(physical -> take(region, physical));
    }
  }

  private void take(Node region, AddressRange range) {
    regions.putIfAbsent(region.path(), range);
    if (region.property("no-map").isPresent()) {
      memblock.remove(range);
    } else {
      memblock.reserve(range);
    }
  }

  /** An empty range reserves nothing. */
  private Optional<AddressRange> physical(String node, dev.nommu.devicetree.AddressRange range) {
    if (range.size() == 0) {
      return Optional.empty();
    }
    if (range.address() < 0 || range.address() + range.size() < 0 || range.size() < 0) {
      unused.add(new Unused(node, "reserved memory: expected it below 2^63, found " + range));
      return Optional.empty();
    }
    return Optional.of(new AddressRange(range.address(), range.size()));
  }

  private void takeDynamic(Node region) throws DeviceTreeException {
    long size = number(region, "size", 0);
    long alignment = Math.max(Page.SIZE, number(region, "alignment", Page.SIZE));
    Optional<AddressRange> place =
        size > 0 && Long.bitCount(alignment) == 1
            ? place(region, Page.align(size), alignment)
            : Optional.empty();
    if (place.isEmpty()) {
      unused.add(
          new Unused(
              region.path(),
              "reserved memory: 0x%x bytes aligned to 0x%x: no such RAM is free"
                  .formatted(size, alignment)));
      return;
    }
    take(region, place.get());
  }

  private Optional<AddressRange> place(Node region, long size, long alignment)
      throws DeviceTreeException {
    if (region.property("alloc-ranges").isEmpty()) {
      return memblock.findFree(size, alignment, ANYWHERE);
    }
    for (dev.nommu.devicetree.AddressRange range : region.addresses("alloc-ranges")) {
      Optional<AddressRange> place =
          physical(region.path(), range)
              .flatMap(within -> memblock.findFree(size, alignment, within));
      if (place.isPresent()) {
        return place;
      }
    }
    return Optional.empty();
  }

  /** Returns a number with as many cells as the root's sizes. */
  private static long number(Node region, String property, long otherwise)
      throws DeviceTreeException {
    Optional<Property> found = region.property(property);
    if (found.isEmpty()) {
      return otherwise;
    }
    return found.get().size() == Integer.BYTES ? found.get().asU32() : found.get().asU64();
  }
}
