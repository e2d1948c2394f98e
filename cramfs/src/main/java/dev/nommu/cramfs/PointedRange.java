package dev.nommu.cramfs;

import dev.nommu.api.BackingStore;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Placement;
import java.util.OptionalLong;

/**
 * The beginning of a store, addressable until this is closed if the store can be addressed at all
 * (rule CRAMFS-05). What cannot be addressed is read instead.
 */
final class PointedRange implements AutoCloseable {
  private final BackingStore store;
  private final long length;
  private final Placement placement;

  private PointedRange(BackingStore store, long length, Placement placement) {
    this.store = store;
    this.length = length;
    this.placement = placement;
  }

  /** Points the first bytes of a store. */
  static PointedRange point(BackingStore store, long length) {
    return new PointedRange(store, length, placement(store, length));
  }

  /** Returns how many bytes there are. */
  long length() {
    return length;
  }

  /** Returns the address of the first byte, or empty if the range cannot be addressed. */
  OptionalLong address() {
    return switch (placement) {
      case Placement.At at -> OptionalLong.of(at.address());
      case Placement.Declined declined -> OptionalLong.empty();
    };
  }

  /** Gives the range back. */
  @Override
  public void close() {
    if (address().isPresent()) {
      store.unpoint(0, length);
    }
  }

  private static Placement placement(BackingStore store, long length) {
    if (length == 0) {
      return Placement.DECLINED;
    }
    try {
      return store.point(0, length);
    } catch (ErrnoException notAddressable) {
      return Placement.DECLINED;
    }
  }
}
