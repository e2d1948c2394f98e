package dev.nommu.kernel.plugin;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BackingStore;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A plugin's store as the kernel uses it and lends it to file systems: its failures are blamed on
 * it, and not on the file system that called it. Its constant properties are queried once. May be
 * called concurrently.
 */
public sealed class FencedStore implements BackingStore permits FencedBlockDevice {
  private final BackingStore store;
  private final Object plugin;
  private final StoreOwner owner;
  private final Kind kind;
  private final long size;
  private final boolean readOnly;
  private final BackingDeviceInfo backingDeviceInfo;
  private final AtomicInteger mounts = new AtomicInteger();

  /**
   * Queries the constant properties of a store.
   *
   * @param owner the plugin that registered it
   * @throws ErrnoException EIO if it cannot return them
   */
  public FencedStore(BackingStore store, StoreOwner owner) throws ErrnoException {
    this.store = store;
    this.owner = owner;
    this.plugin = PluginCall.blamed(store, owner.plugin());
    this.kind = PluginCall.ask(plugin, "kind", store::kind);
    this.size = PluginCall.count(plugin, "size", 0, Long.MAX_VALUE, store::size);
    this.readOnly = PluginCall.ask(plugin, "isReadOnly", store::isReadOnly);
    this.backingDeviceInfo = PluginCall.ask(plugin, "backingDeviceInfo", store::backingDeviceInfo);
  }

  /** Returns the plugin's object that is blamed. */
  public Object plugin() {
    return plugin;
  }

  /** Counts a file system that is now mounted from it. */
  public final void mounted() {
    mounts.incrementAndGet();
  }

  /** Counts a file system that is no longer mounted from it. */
  public final void unmounted() {
    mounts.decrementAndGet();
  }

  /** Returns whether a file system is mounted from it. */
  public final boolean isMounted() {
    return mounts.get() > 0;
  }

  @Override
  public final Kind kind() {
    return kind;
  }

  @Override
  public final long size() {
    return size;
  }

  @Override
  public final boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public final BackingDeviceInfo backingDeviceInfo() {
    return backingDeviceInfo;
  }

  @Override
  public final void read(MemorySegment into, long offset) throws ErrnoException {
    owner.ground().requirePresent();
    PluginCall.tell(plugin, "read", () -> store.read(into, offset));
  }

  @Override
  public final void write(MemorySegment from, long offset) throws ErrnoException {
    owner.ground().requirePresent();
    PluginCall.tell(plugin, "write", () -> store.write(from, offset));
  }

  @Override
  public final void flush() throws ErrnoException {
    owner.ground().requirePresent();
    PluginCall.tell(plugin, "flush", store::flush);
  }

  @Override
  public final Optional<PointedRange> point(long offset, long length) throws ErrnoException {
    owner.ground().requirePresent();
    Optional<PointedRange> pointed =
        PluginCall.ask(plugin, "point", () -> store.point(offset, length));
    return pointed.isEmpty() ? pointed : Optional.of(fenced(pointed.get(), length));
  }

  /**
   * Returns the addresses at which all of it can be loaded; empty if it has none, or cannot report
   * them.
   */
  public final Optional<AddressRange> addresses() {
    try {
      Optional<PointedRange> pointed = size == 0 ? Optional.empty() : point(0, size);
      pointed.ifPresent(this::unpoint);
      return pointed.map(range -> new AddressRange(range.address(), size));
    } catch (ErrnoException notNow) {
      return Optional.empty();
    }
  }

  private PointedRange fenced(PointedRange range, long length) throws ErrnoException {
    if (!owner.ground().owns(range.address(), length)) {
      unpoint(range);
      throw PluginCall.wrong(
          plugin,
          "point",
          "expected an address at which %d bytes belong to the plugin, found 0x%x"
              .formatted(length, range.address()));
    }
    return PointedRange.at(range.address(), () -> unpoint(range));
  }

  private void unpoint(PointedRange range) {
    try {
      range.close();
    } catch (Throwable thrown) {
      throw PluginCall.fault(plugin, "unpoint", thrown);
    }
  }
}
