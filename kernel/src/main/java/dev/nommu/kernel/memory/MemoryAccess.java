package dev.nommu.kernel.memory;

import java.lang.foreign.MemorySegment;

/**
 * Is notified of completed loads and stores, by the thread that made them; must not throw.
 *
 * @param <W> the accessor
 */
public interface MemoryAccess<W> {
  /** Ignores all accesses. */
  MemoryAccess<Object> UNHEARD = new MemoryAccess<>() {};

  /**
   * Bytes were loaded.
   *
   * @param by the accessor
   * @param address the address of the first byte
   * @param bytes the number of bytes
   */
  default void loaded(W by, long address, long bytes) {}

  /** Bytes were stored, as for {@link #loaded}. */
  default void stored(W by, long address, long bytes) {}

  /**
   * A device handled a load itself because the address has no plain memory.
   *
   * @param by the accessor
   * @param bank the bank of the device
   * @param address the address of the first byte
   * @param answer the bytes; valid during this call
   */
  default void answered(W by, Bank bank, long address, MemorySegment answer) {}

  /**
   * A device handled a store itself because the address has no writable memory.
   *
   * @param by the accessor
   * @param bank the bank of the device
   * @param address the address of the first byte
   * @param value the bytes; valid during this call
   */
  default void taken(W by, Bank bank, long address, MemorySegment value) {}
}
