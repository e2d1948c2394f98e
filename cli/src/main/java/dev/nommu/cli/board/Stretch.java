package dev.nommu.cli.board;

import dev.nommu.api.AddressRange;

/**
 * A range of a bank whose addresses are all of one kind.
 *
 * @param range the addresses
 * @param kind their use
 * @param order of free blocks; 0 for the others
 * @param pieces the number of adjacent free blocks of this order; 1 for the others
 * @param label in words
 */
record Stretch(AddressRange range, Kind kind, int order, int pieces, String label) {
  /** The uses of a range of addresses. */
  enum Kind {
    /** Pages that can be allocated. */
    FREE,
    /** Pages in use. */
    USED,
    /** Pages that are never handed out. */
    RESERVED,
    /** A partition, or a chip without partitions. */
    PARTITION
  }

  /** Returns addresses of a kind that is not divided. */
  static Stretch of(AddressRange range, Kind kind, String label) {
    return new Stretch(range, kind, 0, 1, label);
  }

  /** Returns adjacent free blocks of one order. */
  static Stretch free(AddressRange range, int order, int pieces) {
    String size = MachineView.size(range.length() / pieces);
    String count = pieces == 1 ? "" : pieces + " × ";
    String label = "free: %s%s (order %d)".formatted(count, size, order);
    return new Stretch(range, Kind.FREE, order, pieces, label);
  }
}
