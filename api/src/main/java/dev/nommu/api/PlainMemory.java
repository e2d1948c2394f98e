package dev.nommu.api;

import java.lang.foreign.MemorySegment;

/**
 * Memory on which loads, stores or fetches of a processor act without anybody being asked. It does
 * not grow: these are all of its components.
 *
 * @param start the address of the segment's first byte
 * @param memory native memory that lies in the host's as {@code start} does in the machine's:
 *     modulo 16 they are equal, so that what is aligned here is aligned there
 * @param lasting how long it may be used
 * @since 0.1.0
 */
public record PlainMemory(long start, MemorySegment memory, Lasting lasting) {
  /** How long memory stays plain. */
  public enum Lasting {
    /** As long as the machine runs: it need not be asked for again. */
    FOREVER,

    /**
     * It may be something else soon, as a flash chip that is in read mode: who has it asks again
     * before each use, and what has changed is not the same memory.
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

  /** Returns whether all of {@code length} bytes at {@code address} lie in it. */
  public boolean contains(long address, long length) {
    long offset = address - start;
    return offset >= 0 && length >= 0 && offset <= memory.byteSize() - length;
  }
}
