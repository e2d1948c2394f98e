package dev.nommu.devicetree;

/**
 * The outcome of translating a range of bus addresses to CPU addresses (Devicetree Specification
 * v0.4, 2.3.8).
 */
public sealed interface Translation {
  /**
   * The CPU reaches the range.
   *
   * @param range the physical addresses
   */
  record Mapped(AddressRange range) implements Translation {}

  /**
   * A bus on the way does not pass the range on: it has no {@code ranges}, or none that covers it.
   * This is not a fault of the tree: flash partitions, for one, are not CPU addresses.
   *
   * @param bus the node whose {@code ranges} ends the way
   * @param addresses what was to be translated, as that bus sees it
   * @param reason a sentence for a person
   */
  record Blocked(Node bus, AddressRange addresses, String reason) implements Translation {}
}
