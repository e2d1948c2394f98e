package dev.nommu.kernel.plugin;

import dev.nommu.api.ErrnoException;

/**
 * The plugin that registered a store.
 *
 * @param plugin is blamed for a store of {@code api}'s own
 * @param ground where its stores can be addressed
 */
public record StoreOwner(Object plugin, Ground ground) {
  /** The memory that belongs to a plugin's device. */
  public interface Ground {
    /** Returns whether all of these addresses belong to it. */
    boolean owns(long address, long length);

    /**
     * Checks that the device is there.
     *
     * @throws ErrnoException ENODEV if it was unplugged (rule HOT-05)
     */
    void requirePresent() throws ErrnoException;
  }
}
