package dev.nommu.cli.board;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Page;
import dev.nommu.cli.board.Stretch.Kind;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.fs.StoreNode;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.memory.FreeBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** The contents of a machine's banks at one moment. */
final class Stretches {
  private final Machine machine;
  private final TreeMap<Long, FreeBlock> free = new TreeMap<>();

  /** By start; a partition can have parts with the same start. */
  private final TreeMap<Long, List<Stretch>> partitions = new TreeMap<>();

  private final List<AddressRange> reserved;

  /** Inspects a machine. */
  Stretches(Machine machine) {
    this.machine = machine;
    machine.freeLayout().forEach(block -> free.put(block.address(), block));
    machine.stores().forEach(this::add);
    this.reserved =
        machine.board().reserved().stream()
            .sorted(Comparator.comparingLong(AddressRange::start))
            .toList();
  }

  private void add(StoreNode store) {
    store
        .range()
        .ifPresent(range ->
            partitions
                .computeIfAbsent(range.start(), start -> new ArrayList<>())
                .add(partition(store, range)));
  }

  private static Stretch partition(StoreNode store, AddressRange range) {
    String label =
        store.names().stream()
            .filter(name -> name.contains(":"))
            .map(name -> name.substring(name.indexOf(':') + 1))
            .findFirst()
            .orElse(store.device());
    String size = MachineView.size(range.length());
    return Stretch.of(
        range, Kind.PARTITION, "%s: %s, /dev/%s".formatted(label, size, store.device()));
  }

  /** Returns the contents of a bank, ascending: all of RAM, the partitions of anything else. */
  List<Stretch> of(Bank bank) {
    AddressRange range = bank.range();
    return machine.board().ram().contains(range.start(), 1)
        ? ofRam(range)
        : partitions.subMap(range.start(), range.end()).values().stream()
            .flatMap(List::stream)
            .toList();
  }

  private List<Stretch> ofRam(AddressRange ram) {
    List<Stretch> all = new ArrayList<>();
    long next = ram.start();
    for (FreeBlock block : free.subMap(ram.start(), ram.end()).values()) {
      addTaken(all, next, block.address());
      addFree(all, block);
      next = block.range().end();
    }
    addTaken(all, next, ram.end());
    return all;
  }

  private static void addFree(List<Stretch> all, FreeBlock block) {
    boolean continues =
        !all.isEmpty()
            && all.getLast().kind() == Kind.FREE
            && all.getLast().order() == block.order();
    if (continues) {
      Stretch last = all.removeLast();
      long length = last.range().length() + block.range().length();
      AddressRange both = new AddressRange(last.range().start(), length);
      all.add(Stretch.free(both, block.order(), last.pieces() + 1));
    } else {
      all.add(Stretch.free(block.range(), block.order(), 1));
    }
  }

  private void addTaken(List<Stretch> all, long from, long end) {
    if (from == end) {
      return;
    }
    long next = from;
    for (AddressRange range : reserved) {
      long start = Math.max(next, range.start() & -Page.SIZE);
      long stop = Math.min(end, Page.align(range.end()));
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
      all.add(Stretch.of(range, kind, what + ": " + MachineView.size(range.length())));
    }
  }
}
