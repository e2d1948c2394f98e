package dev.nommu.kernel.board;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Page;
import dev.nommu.kernel.memory.Ram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** RAM before there is a page allocator, and what of it is taken; as {@code mm/memblock.c}. */
final class Memblock {
  private List<AddressRange> ram;
  private final List<AddressRange> reserved = new ArrayList<>();

  /** Creates one in which nothing is taken. */
  Memblock(List<AddressRange> ranges) {
    this.ram = new Ram(ranges).banks();
  }

  /** Returns what is RAM, ascending, whole pages. */
  List<AddressRange> ram() {
    return ram;
  }

  /** Returns what was reserved, in order. */
  List<AddressRange> reserved() {
    return reserved;
  }

  /** Keeps so many bytes, the lowest, as {@code memblock_enforce_memory_limit}. */
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

  /** Keeps a range from being handed out; it may lie outside of the RAM. */
  void reserve(AddressRange range) {
    reserved.add(range);
  }

  /** Takes a range out of the RAM, with each page that it touches. */
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
   * Returns the highest free place, as {@code memblock_phys_alloc_range}; empty if there is none.
   *
   * @param size bytes, 1 or more
   * @param alignment a power of two, at least a page
   * @param within where it may be
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
