package dev.nommu.api;

import java.lang.foreign.MemorySegment;

/**
 * Memory that a processor loads, stores or fetches directly, without a call. Its components are
 * fixed.
 *
 * @param start the address of the segment's first byte
 * @param memory native memory whose address equals {@code start} modulo 16, so that aligned
 *     accesses stay aligned
 * @param lasting how long it may be used
 * @since 0.1.0
 */
public record PlainMemory(long start, MemorySegment memory, Lasting lasting) {
  /** How long memory stays plain. */
  public enum Lasting {
    /** As long as the machine runs. */
    FOREVER,

    /**
     * Until the device changes, as a flash chip in read mode does: ask again before each use; after
     * a change the memory is a different one.
     */
    MOMENT
  }

  /** Checks that the segment is native, aligned as its addresses are, and not empty. */
  public PlainMemory {
    if (!memory.isNative() || ((memory.address() ^ start) & 15) != 0 || memory.byteSize() == 0) {
      throw new IllegalArgumentException(
          "plain memory at 0x%x: expected native memory, aligned alike, found %s"
              .formatted(start, memory));
    }
  }

  /** Returns whether all {@code length} bytes at {@code address} lie in it. */
  public boolean contains(long address, long length) {
    long offset = address - start;
    return offset >= 0 && length >= 0 && offset <= memory.byteSize() - length;
  }
}
