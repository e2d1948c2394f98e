package dev.nommu.kernel.memory;

import java.lang.foreign.MemorySegment;

/**
 * Hears of loads and stores that a device answered itself because no plain memory was at their
 * addresses. Told by the thread that made them, afterwards; must not throw.
 *
 * @param <W> who makes them
 */
public interface DeviceAccess<W> {
  /** Hears nothing. */
  DeviceAccess<Object> UNHEARD = new DeviceAccess<>() {};

  /**
   * A device answered a load.
   *
   * @param by who made it
   * @param bank what answered
   * @param address of the first byte
   * @param answer the bytes; valid during this call
   */
  default void loaded(W by, Bank bank, long address, MemorySegment answer) {}

  /**
   * A device took a store.
   *
   * @param by who made it
   * @param bank what took it
   * @param address of the first byte
   * @param value the bytes; valid during this call
   */
  default void stored(W by, Bank bank, long address, MemorySegment value) {}
}
