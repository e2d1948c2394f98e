package dev.nommu.cli.board;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Page;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.fs.StoreNode;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.memory.FreeBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
  /** What addresses can be. */
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

  /** Returns the stretches of RAM, ascending, without gaps. */
  static List<Stretch> ofRam(AddressRange ram, Machine machine) {
    List<Stretch> all = new ArrayList<>();
    long next = ram.start();
    for (FreeBlock block : machine.freeLayout()) {
      if (ram.contains(block.address(), 1)) {
        addTaken(all, next, block.address(), machine);
        addFree(all, block);
        next = block.range().end();
      }
    }
    addTaken(all, next, ram.end(), machine);
    return all;
  }

  private static void addFree(List<Stretch> all, FreeBlock block) {
    boolean continues =
        !all.isEmpty() && all.getLast().kind == Kind.FREE && all.getLast().order == block.order();
    AddressRange range = block.range();
    int pieces = 1;
    if (continues) {
      Stretch last = all.removeLast();
      range = new AddressRange(last.range.start(), last.range.length() + range.length());
      pieces += last.pieces;
    }
    String size = MachineView.size(Page.SIZE << block.order());
    String count = pieces == 1 ? "" : pieces + " × ";
    String label = "free: %s%s (order %d)".formatted(count, size, block.order());
    all.add(new Stretch(range, Kind.FREE, block.order(), pieces, label));
  }

  private static void addTaken(List<Stretch> all, long from, long end, Machine machine) {
    long next = from;
    for (AddressRange reserved : ascending(machine.board().reserved())) {
      long start = Math.max(next, reserved.start() & -Page.SIZE);
      long stop = Math.min(end, Page.align(reserved.end()));
      if (start < stop) {
        add(all, next, start, Kind.USED, "used");
        add(all, start, stop, Kind.RESERVED, "reserved");
        next = stop;
      }
    }
    add(all, next, end, Kind.USED, "used");
  }

  private static void add(List<Stretch> all, long start, long end, Kind kind, String what) {
    if (start < end) {
      AddressRange range = new AddressRange(start, end - start);
      String label = "%s: %s".formatted(what, MachineView.size(range.length()));
      all.add(new Stretch(range, kind, 0, 1, label));
    }
  }

  private static List<AddressRange> ascending(List<AddressRange> ranges) {
    return ranges.stream().sorted(Comparator.comparingLong(AddressRange::start)).toList();
  }

  /** Returns the partitions in a bank, ascending. */
  static List<Stretch> ofPartitions(Bank bank, Machine machine) {
    return machine.stores().stream()
        .filter(store ->
            store.range().filter(range -> bank.range().contains(range.start(), 1)).isPresent())
        .map(Stretch::ofPartition)
        .sorted(Comparator.comparingLong(stretch -> stretch.range.start()))
        .toList();
  }

  private static Stretch ofPartition(StoreNode store) {
    AddressRange range = store.range().orElseThrow();
    String label =
        store.names().stream()
            .filter(name -> name.contains(":"))
            .map(name -> name.substring(name.indexOf(':') + 1))
            .findFirst()
            .orElse(store.device());
    return new Stretch(
        range,
        Kind.PARTITION,
        0,
        1,
        "%s: %s, /dev/%s".formatted(label, MachineView.size(range.length()), store.device()));
  }
}
