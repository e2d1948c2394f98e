package dev.nommu.kernel.plugin;

import dev.nommu.api.BackingStore;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.ErrnoException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;

/** The stores of one machine, each of them once, by identity. Thread-safe. */
public final class FencedStores {
  private final Map<BackingStore, FencedStore> known =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /** Creates an empty set. */
  public FencedStores() {}

  /**
   * Returns a plugin's store as the kernel uses it.
   *
   * @param owner the plugin that registered it
   * @throws ErrnoException EIO if it cannot return its constant properties
   */
  public FencedStore of(BackingStore store, StoreOwner owner) throws ErrnoException {
    FencedStore there = known.get(store);
    if (there != null) {
      return there;
    }
    FencedStore fresh =
        store instanceof BlockDevice device
            ? new FencedBlockDevice(device, owner)
            : new FencedStore(store, owner);
    FencedStore meanwhile = known.putIfAbsent(store, fresh);
    return meanwhile == null ? fresh : meanwhile;
  }

  /**
   * Returns a plugin's block device as the kernel uses it.
   *
   * @param owner the plugin that registered it
   * @throws ErrnoException EIO if it cannot return its constant properties
   */
  public FencedBlockDevice of(BlockDevice device, StoreOwner owner) throws ErrnoException {
    if (of((BackingStore) device, owner) instanceof FencedBlockDevice fenced) {
      return fenced;
    }
    throw new AssertionError(device.getClass());
  }

  /**
   * Returns the store under a file system mounted from a block device.
   *
   * @param owner the plugin that registered it
   * @throws ErrnoException EIO if the device or the store cannot return its constant properties
   */
  public FencedStore mountStore(BlockDevice device, StoreOwner owner) throws ErrnoException {
    Object plugin = PluginCall.blamed(device, owner.plugin());
    return of(PluginCall.ask(plugin, "mountStore", device::mountStore), owner);
  }
}
