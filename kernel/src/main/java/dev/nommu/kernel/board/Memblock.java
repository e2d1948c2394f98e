package dev.nommu.kernel.board;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Page;
import dev.nommu.kernel.memory.Ram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** RAM and its reserved parts before there is a page allocator, as {@code mm/memblock.c}. */
final class Memblock {
  private List<AddressRange> ram;
  private final List<AddressRange> reserved = new ArrayList<>();

  /** Creates one with nothing reserved. */
  Memblock(List<AddressRange> ranges) {
    this.ram = new Ram(ranges).banks();
  }

  /** Returns the RAM, ascending, in whole pages. */
  List<AddressRange> ram() {
    return ram;
  }

  /** Returns the reserved ranges, in order. */
  List<AddressRange> reserved() {
    return reserved;
  }

  /** Keeps only the lowest bytes, as {@code memblock_enforce_memory_limit}. */
  void limit(long bytes) {
    List<AddressRange> kept = new ArrayList<>();
    long left = bytes & -Page.SIZE;
    for (AddressRange bank : ram) {
      if (left > 0) {
        kept.add(new AddressRange(bank.start(), Math.min(left, bank.length())));
        left -= kept.getLast().length();
      }
    }
    ram = kept;
  }

  /** Reserves a range, which may lie outside the RAM. */
  void reserve(AddressRange range) {
    reserved.add(range);
  }

  /** Removes a range from the RAM, with every page that it touches. */
  void remove(AddressRange range) {
    long start = range.start() & -Page.SIZE;
    long end = Page.align(range.end());
    List<AddressRange> left = new ArrayList<>();
    for (AddressRange bank : ram) {
      addIfAny(left, bank.start(), Math.min(bank.end(), start));
      addIfAny(left, Math.max(bank.start(), end), bank.end());
    }
    ram = left;
  }

  private static void addIfAny(List<AddressRange> ranges, long start, long end) {
    if (start < end) {
      ranges.add(new AddressRange(start, end - start));
    }
  }

  /**
   * Returns the highest free range, as {@code memblock_phys_alloc_range}; empty if there is none.
   *
   * @param size bytes, 1 or more
   * @param alignment a power of two, at least a page
   * @param within the range in which it must lie
   */
  Optional<AddressRange> findFree(long size, long alignment, AddressRange within) {
    return ram.reversed().stream()
        .flatMap(bank -> findFreeIn(bank, size, alignment, within).stream())
        .findFirst();
  }

  private Optional<AddressRange> findFreeIn(
      AddressRange bank, long size, long alignment, AddressRange within) {
    long lowest = Math.max(bank.start(), within.start());
    long place = (Math.min(bank.end(), within.end()) - size) & -alignment;
    while (place >= lowest) {
      AddressRange candidate = new AddressRange(place, size);
      Optional<AddressRange> taken =
          reserved.stream()
              .filter(candidate::overlaps)
              .min(Comparator.comparingLong(AddressRange::start));
      if (taken.isEmpty()) {
        return Optional.of(candidate);
      }
      place = (taken.get().start() - size) & -alignment;
    }
    return Optional.empty();
  }
}
