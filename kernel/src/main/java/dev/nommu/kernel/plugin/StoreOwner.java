package dev.nommu.kernel.plugin;

import dev.nommu.api.ErrnoException;

/**
 * The plugin that registered a store.
 *
 * @param plugin is blamed for a store that {@code api} created
 * @param ground the memory in which its stores have addresses
 */
public record StoreOwner(Object plugin, Ground ground) {
  /** The memory that belongs to a plugin's device. */
  public interface Ground {
    /** Returns whether all of these addresses belong to it. */
    boolean owns(long address, long length);

    /**
     * Checks that the device is present.
     *
     * @throws ErrnoException ENODEV if it was unplugged (rule HOT-05)
     */
    void requirePresent() throws ErrnoException;
  }
}
