package dev.nommu.devicetree;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the unit address in a node's name against the node's address (Devicetree Specification
 * v0.4, 2.2.1): that of {@code reg} or, for a bus without one, of {@code ranges}.
 */
final class UnitAddress {
  private static final int WIDEST = 2;

  /** More cells than any bus has: a larger number is ignored. */
  private static final long MOST = 1 << 16;

  private static final Set<String> PLAIN_BUSES = Set.of("simple-bus", "fixed-partitions");

  private final Node node;

  private UnitAddress(Node node) {
    this.node = node;
  }

  /** Returns a warning about the name of a node below the root, if there is one. */
  static Optional<Warning> check(Node node) {
    return new UnitAddress(node).check();
  }

  private Optional<Warning> check() {
    Optional<Property> addresses = addresses();
    Optional<String> unit = node.unitAddress();
    if (addresses.isEmpty()) {
      return unit.map(name -> warning("reg or ranges, as its name has @" + name, "neither"));
    }
    String property = addresses.get().name();
    if (unit.isEmpty()) {
      return Optional.of(warning("a unit address in its name, as it has " + property, "none"));
    }
    return first(addresses.get())
        .filter(address -> !address.equals(unit.get()))
        .map(address ->
            warning("@%s, where %s begins".formatted(address, property), "@" + unit.get()));
  }

  private Optional<Property> addresses() {
    return node.property("reg")
        .or(() -> node.property("ranges").filter(ranges -> ranges.size() > 0));
  }

  /** Returns the first address as written in names, if the parent's bus has plain numbers. */
  private Optional<String> first(Property addresses) {
    int own = addresses.name().equals("ranges") ? cells(Optional.of(node)) : 0;
    int width = cells(node.parent());
    boolean plain =
        width > 0 && width <= WIDEST && node.parent().filter(UnitAddress::isPlain).isPresent();
    if (!plain || addresses.size() < (own + width) * Integer.BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(addresses.bytes()).position(own * Integer.BYTES);
    long address = width == 1 ? Integer.toUnsignedLong(bytes.getInt()) : bytes.getLong();
    return Optional.of(Long.toHexString(address));
  }

  /**
   * Returns whether unit addresses on a bus are its addresses; on other buses they can be anything.
   */
  private static boolean isPlain(Node bus) {
    return bus.parent().isEmpty()
        || bus.property("compatible").stream()
            .flatMap(compatible -> compatible.texts().stream())
            .anyMatch(PLAIN_BUSES::contains);
  }

  private static int cells(Optional<Node> bus) {
    return bus.flatMap(node -> node.property("#address-cells"))
        .flatMap(Property::cell)
        .map(cells -> (int) Math.min(cells, MOST))
        .orElse(WIDEST);
  }

  private Warning warning(String expected, String found) {
    return new Warning(
        node.location(), "%s: expected %s, found %s".formatted(node.path(), expected, found));
  }
}
