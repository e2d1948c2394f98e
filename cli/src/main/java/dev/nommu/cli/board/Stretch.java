package dev.nommu.cli.board;

import dev.nommu.api.AddressRange;

/**
 * Addresses of a bank that are of one kind from end to end.
 *
 * @param range the addresses
 * @param kind what they are
 * @param order of free blocks; 0 for the others
 * @param pieces how many free blocks of this order lie side by side; 1 for the others
 * @param label in words
 */
record Stretch(AddressRange range, Kind kind, int order, int pieces, String label) {
  /** The uses of a range of addresses. */
  enum Kind {
    /** Pages that can be allocated. */
    FREE,
    /** Pages that somebody has. */
    USED,
    /** Pages that are never handed out. */
    RESERVED,
    /** A partition, or a chip that has none. */
    PARTITION
  }

  /** Returns addresses of a kind that is not divided. */
  static Stretch of(AddressRange range, Kind kind, String label) {
    return new Stretch(range, kind, 0, 1, label);
  }

  /** Returns free blocks of one order side by side. */
  static Stretch free(AddressRange range, int order, int pieces) {
    String size = MachineView.size(range.length() / pieces);
    String count = pieces == 1 ? "" : pieces + " × ";
    String label = "free: %s%s (order %d)".formatted(count, size, order);
    return new Stretch(range, Kind.FREE, order, pieces, label);
  }
}
