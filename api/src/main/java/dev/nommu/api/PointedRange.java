package dev.nommu.api;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A range of a {@link BackingStore} that stays at its address until this is closed, as between
 * {@code mtd_point} and {@code mtd_unpoint}. May be used concurrently.
 *
 * @since 0.1.0
 */
public final class PointedRange implements AutoCloseable {
  private final long address;
  private final AtomicReference<@Nullable Runnable> unpoint;

  private PointedRange(long address, Runnable unpoint) {
    this.address = address;
    this.unpoint = new AtomicReference<>(unpoint);
  }

  /** Returns a range of a store that never moves. */
  public static PointedRange at(long address) {
    return new PointedRange(address, () -> {});
  }

  /**
   * Returns a range of a store that is to learn when the range is released.
   *
   * @param address the physical address of the first byte
   * @param unpoint run once, by the first {@link #close}
   */
  public static PointedRange at(long address, Runnable unpoint) {
    return new PointedRange(address, unpoint);
  }

  /** Returns the physical address of the first byte. */
  public long address() {
    return address;
  }

  /**
   * Registers a listener, called just before the range is released, or at once if it already is.
   * For tools such as a sanitizer.
   *
   * @param listener run once, by the first {@link #close}; must not throw
   */
  public void onClose(Runnable listener) {
    Runnable now = unpoint.get();
    while (now != null && !unpoint.compareAndSet(now, both(listener, now))) {
      now = unpoint.get();
    }
    if (now == null) {
      listener.run();
    }
  }

  private static Runnable both(Runnable listener, Runnable unpoint) {
    return () -> {
      listener.run();
      unpoint.run();
    };
  }

  /** Releases the range. Closing it again has no effect. */
  @Override
  public void close() {
    Runnable once = unpoint.getAndSet(null);
    if (once != null) {
      once.run();
    }
  }
}
