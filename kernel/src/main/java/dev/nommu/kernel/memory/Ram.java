package dev.nommu.kernel.memory;

import dev.nommu.api.AddressRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The location of RAM, as {@code memblock.memory} in Linux.
 *
 * @param banks contiguous runs of whole pages, ascending; at least one
 */
public record Ram(List<AddressRange> banks) {
  /** Merges adjacent ranges, in any order. */
  public Ram {
    banks = merged(banks);
    if (banks.isEmpty()) {
      throw new IllegalArgumentException("RAM: expected a bank, found none");
    }
  }

  /** Returns RAM at these addresses. */
  public static Ram of(AddressRange... ranges) {
    return new Ram(Arrays.asList(ranges));
  }

  private static List<AddressRange> merged(List<AddressRange> ranges) {
    List<AddressRange> merged = new ArrayList<>();
    ranges.stream()
        .sorted(Comparator.comparingLong(AddressRange::start))
        .forEach(range -> {
          if (merged.isEmpty() || merged.getLast().end() < range.start()) {
            merged.add(range);
          } else {
            AddressRange last = merged.removeLast();
            long end = Math.max(last.end(), range.end());
            merged.add(new AddressRange(last.start(), end - last.start()));
          }
        });
    return List.copyOf(merged);
  }

  /** Returns the lowest address. */
  public long start() {
    return banks.getFirst().start();
  }

  /** Returns the address after the highest, {@code high_memory} in Linux. */
  public long end() {
    return banks.getLast().end();
  }

  /** Returns the number of bytes. */
  public long length() {
    return banks.stream().mapToLong(AddressRange::length).sum();
  }

  /** Returns whether all addresses of a range are RAM. */
  public boolean contains(long address, long length) {
    for (AddressRange bank : banks) {
      if (bank.contains(address, length)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether any address of a range is RAM. */
  public boolean overlaps(AddressRange range) {
    return banks.stream().anyMatch(range::overlaps);
  }
}
