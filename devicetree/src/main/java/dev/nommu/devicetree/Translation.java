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
   * A bus on the way does not translate the range: it has no {@code ranges}, or no entry that
   * covers it. This is not a fault of the tree: the addresses of flash partitions, for example, are
   * not CPU addresses.
   *
   * @param bus the node whose {@code ranges} ends the way
   * @param addresses the range to translate, in that bus's address space
   * @param reason a sentence for the user
   */
  record Blocked(Node bus, AddressRange addresses, String reason) implements Translation {}
}
