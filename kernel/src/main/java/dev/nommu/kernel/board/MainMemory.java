package dev.nommu.kernel.board;

import dev.nommu.api.AddressRange;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Memparse;
import dev.nommu.api.Page;
import dev.nommu.kernel.memory.Ram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The memory of a board as {@code memblock} knows it when the kernel begins to hand out pages.
 *
 * @param ram System RAM, without memory reserved with {@code no-map}
 * @param reserved RAM that is never handed out
 * @param regions the addresses of each region in {@code /reserved-memory}, by its path
 * @param unused the tree's statements about memory that the machine ignores, in order
 */
public record MainMemory(
    Ram ram, List<AddressRange> reserved, Map<String, AddressRange> regions, List<Unused> unused) {
  /** Takes immutable copies. */
  public MainMemory {
    reserved = List.copyOf(reserved);
    regions = Map.copyOf(regions);
    unused = List.copyOf(unused);
  }

  /**
   * A statement of the tree about memory that the machine ignores.
   *
   * @param node the path of the node
   * @param reason the statement and why it is ignored
   */
  public record Unused(String node, String reason) {}

  /** Returns the bytes of RAM that a value of {@code mem=} leaves; EINVAL if it is malformed. */
  public static long limit(String value) throws ErrnoException {
    return Memparse.parse(value.replaceFirst("@.*", ""), "size");
  }

  /** Returns whether each page of a range is reserved. */
  public boolean isReserved(AddressRange range) {
    List<AddressRange> pages =
        reserved.stream()
            .map(taken -> {
              long start = taken.start() & -Page.SIZE;
              return new AddressRange(start, Page.align(taken.end()) - start);
            })
            .toList();
    return !pages.isEmpty() && new Ram(pages).contains(range.start(), range.length());
  }

  /** Returns this memory with another range that is never handed out. */
  public MainMemory reserving(AddressRange range) {
    List<AddressRange> more = new ArrayList<>(reserved);
    more.add(range);
    return new MainMemory(ram, more, regions, unused);
  }

  /** Returns this memory with other RAM. */
  public MainMemory withRam(Ram other) {
    return new MainMemory(other, reserved, regions, unused);
  }
}
