package dev.nommu.api;

import java.util.List;
import java.util.OptionalLong;

/**
 * Where the segments of an executable were put, as {@code struct elf_fdpic_loadmap}. It does not
 * grow: it is part of the ABI.
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
   * One segment. It does not grow: these are all of its components.
   *
   * @param address where it was put
   * @param virtualAddress the address it was linked for
   * @param size bytes in memory
   */
  public record Segment(long address, long virtualAddress, long size) {
    /** Returns whether bytes at a linked address are all in this segment. */
    public boolean contains(long linked, long length) {
      long offset = linked - virtualAddress;
      return offset >= 0 && offset <= size && length >= 0 && length <= size - offset;
    }
  }

  /** Returns where bytes that were linked for an address are, or empty if no segment has them. */
  public OptionalLong locate(long linked, long length) {
    return segments.stream()
        .filter(segment -> segment.contains(linked, length))
        .mapToLong(segment -> segment.address() + (linked - segment.virtualAddress()))
        .findFirst();
  }
}
