package dev.nommu.api;

import java.util.List;
import java.util.OptionalLong;

/**
 * Where the segments of an executable were put, as {@code struct elf_fdpic_loadmap}. Its components
 * are fixed: they are part of the ABI.
 *
 * @param address where the map itself lies in the memory of the process
 * @param segments in the order of the program headers
 * @since 0.1.0
 */
public record LoadMap(long address, List<Segment> segments) {
  /** Keeps a copy of the list. */
  public LoadMap {
    segments = List.copyOf(segments);
  }

  /**
   * One segment. Its components are fixed.
   *
   * @param address where it was put
   * @param virtualAddress the address it was linked for
   * @param size bytes in memory
   */
  public record Segment(long address, long virtualAddress, long size) {
    /** Returns whether a range at a linked address lies in this segment. */
    public boolean contains(long linked, long length) {
      long offset = linked - virtualAddress;
      return offset >= 0 && offset <= size && length >= 0 && length <= size - offset;
    }
  }

  /** Returns the address of bytes linked for an address, or empty if they lie in no segment. */
  public OptionalLong locate(long linked, long length) {
    return segments.stream()
        .filter(segment -> segment.contains(linked, length))
        .mapToLong(segment -> segment.address() + (linked - segment.virtualAddress()))
        .findFirst();
  }
}
