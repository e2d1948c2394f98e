package dev.nommu.api;

import java.util.List;
import java.util.function.Supplier;

/**
 * Finds the plugins of a plugin, such as the hardware drivers of the frame buffer core. While a
 * kernel creates plugins its finder is the current one, so they find the plugins of that kernel,
 * including those in added jars. Thread-safe.
 *
 * <p>Methods may be added, each with a default.
 *
 * @since 0.1.0
 */
public interface PluginFinder {
  /**
   * Returns suppliers of the plugins of a kind, in the order found; each call creates a new one.
   *
   * @param kind a type that providers of a service implement
   * @return suppliers that throw {@link java.util.ServiceConfigurationError} for a plugin that is
   *     listed but cannot be created
   */
  <T> List<? extends Supplier<T>> find(Class<T> kind);

  /**
   * Returns the finder of the kernel creating the plugin, if called in its constructor; otherwise
   * one that uses the class loader of the kind.
   */
  static PluginFinder current() {
    return CurrentFinder.get();
  }

  /** Creates an object while this is the current finder of the calling thread. */
  default <T> T during(Supplier<T> making) {
    return CurrentFinder.during(this, making);
  }
}
