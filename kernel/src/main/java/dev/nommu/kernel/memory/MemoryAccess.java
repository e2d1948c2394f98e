package dev.nommu.kernel.memory;

import java.lang.foreign.MemorySegment;

/**
 * Hears of loads and stores that came through. Told by the thread that made them, afterwards; must
 * not throw.
 *
 * @param <W> who makes them
 */
public interface MemoryAccess<W> {
  /** Hears nothing. */
  MemoryAccess<Object> UNHEARD = new MemoryAccess<>() {};

  /**
   * Bytes were loaded.
   *
   * @param by who loaded them
   * @param address of the first byte
   * @param bytes how many
   */
  default void loaded(W by, long address, long bytes) {}

  /** Bytes were stored, as for {@link #loaded}. */
  default void stored(W by, long address, long bytes) {}

  /**
   * A device answered a load itself because no plain memory was there.
   *
   * @param by who made it
   * @param bank what answered
   * @param address of the first byte
   * @param answer the bytes; valid during this call
   */
  default void answered(W by, Bank bank, long address, MemorySegment answer) {}

  /**
   * A device took a store itself because no memory that can be written was there.
   *
   * @param by who made it
   * @param bank what took it
   * @param address of the first byte
   * @param value the bytes; valid during this call
   */
  default void taken(W by, Bank bank, long address, MemorySegment value) {}
}
