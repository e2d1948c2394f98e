package dev.nommu.kernel;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Page;
import dev.nommu.kernel.memory.FreeBlock;
import dev.nommu.kernel.memory.Ram;
import dev.nommu.kernel.parts.Subsystems;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The free memory by zones and orders, as {@code /proc/buddyinfo} and {@code /proc/pagetypeinfo}
 * show it (rules PROC-19 and PROC-20).
 */
final class ZoneTexts {
  /** A zone of a 64-bit RISC-V, and where it ends. */
  private record Zone(String name, AddressRange range) {}

  private static final long DMA32_END = 1L << 32;
  private static final List<Zone> ZONES =
      List.of(
          new Zone("DMA32", new AddressRange(0, DMA32_END)),
          new Zone("Normal", new AddressRange(DMA32_END, Long.MAX_VALUE - DMA32_END)));

  /** Without an MMU no page can be moved: the first type has them all. */
  private static final List<String> TYPES =
      List.of("Unmovable", "Movable", "Reclaimable", "HighAtomic");

  private final Subsystems kernel;

  ZoneTexts(Subsystems kernel) {
    this.kernel = kernel;
  }

  /** As {@code frag_show_print} of mm/vmstat.c. */
  String buddyInfo() {
    List<FreeBlock> free = kernel.allocator().layout();
    return populated()
        .map(zone -> line("Node 0, zone %8s ", zone.name()) + counts(blocks(free, zone)) + "\n")
        .collect(Collectors.joining());
  }

  /** As {@code pagetypeinfo_show} of mm/vmstat.c. */
  String pageTypeInfo() {
    int order = kernel.allocator().maximumOrder();
    return line("Page block order: %d\nPages per block:  %d\n\n", order, 1L << order)
        + line("%-43s ", "Free pages count per migrate type at order")
        + counts(at -> at)
        + "\n"
        + populated().map(this::freeByType).collect(Collectors.joining())
        + line("\n%-23s", "Number of blocks type ")
        + TYPES.stream().map("%12s "::formatted).collect(Collectors.joining())
        + "\n"
        + populated().map(this::blocksByType).collect(Collectors.joining());
  }

  private Stream<Zone> populated() {
    return ZONES.stream().filter(zone -> ram().overlaps(zone.range()));
  }

  private Ram ram() {
    return kernel.memory().ram();
  }

  private static IntFunction<Object> blocks(List<FreeBlock> free, Zone zone) {
    return order ->
        free.stream()
            .filter(block -> block.order() == order && zone.range().contains(block.address(), 1))
            .count();
  }

  private String freeByType(Zone zone) {
    IntFunction<Object> free = blocks(kernel.allocator().layout(), zone);
    return TYPES.stream()
        .map(type ->
            line("Node %4d, zone %8s, type %12s ", 0, zone.name(), type)
                + counts(isFirst(type) ? free : order -> 0)
                + "\n")
        .collect(Collectors.joining());
  }

  private String blocksByType(Zone zone) {
    return line("Node %d, zone %8s ", 0, zone.name())
        + TYPES.stream()
            .map(type -> line("%12d ", isFirst(type) ? largestBlocks(zone) : 0))
            .collect(Collectors.joining())
        + "\n";
  }

  private static boolean isFirst(String type) {
    return type.equals(TYPES.getFirst());
  }

  /** Returns the number of blocks of the largest order that cover a zone's RAM. */
  private long largestBlocks(Zone zone) {
    long size = Page.SIZE << kernel.allocator().maximumOrder();
    return ram().banks().stream()
        .filter(zone.range()::overlaps)
        .mapToLong(bank -> length(bank, zone.range()))
        .map(length -> (length + size - 1) / size)
        .sum();
  }

  private static long length(AddressRange bank, AddressRange zone) {
    return Math.min(bank.end(), zone.end()) - Math.max(bank.start(), zone.start());
  }

  private String counts(IntFunction<Object> count) {
    return IntStream.rangeClosed(0, kernel.allocator().maximumOrder())
        .mapToObj(order -> line("%6d ", count.apply(order)))
        .collect(Collectors.joining());
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
