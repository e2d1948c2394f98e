package dev.nommu.api;

import java.util.List;
import java.util.function.Supplier;

/**
 * Finds plugins for a plugin that has some of its own, as the core of the frame buffers has a
 * driver for each kind of hardware. A kernel that makes plugins is the current one meanwhile, so
 * that they find what belongs to that kernel, jars that were added to it included. Thread-safe.
 *
 * <p>May come to have more methods, each with a default.
 *
 * @since 0.1.0
 */
public interface PluginFinder {
  /**
   * Returns what makes the plugins of a kind, in the order in which they are found; each call makes
   * a new one.
   *
   * @param kind a type that providers of a service implement
   * @return suppliers that throw {@link java.util.ServiceConfigurationError} for a plugin that is
   *     listed and cannot be made
   */
  <T> List<? extends Supplier<T>> find(Class<T> kind);

  /**
   * Returns the finder of the kernel that is making the plugin in whose constructor this is called;
   * anywhere else one that looks where the kind's own class comes from.
   */
  static PluginFinder current() {
    return CurrentFinder.get();
  }

  /** Makes something while this finder is the current one of the calling thread. */
  default <T> T during(Supplier<T> making) {
    return CurrentFinder.during(this, making);
  }
}
