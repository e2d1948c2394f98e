package dev.nommu.api;

import java.io.Serial;
import java.lang.reflect.Proxy;

/**
 * A plugin did what it must not: thrown something other than an {@link ErrnoException}, or answered
 * what cannot be.
 *
 * <p>A room that has an SPI of its own, such as the core of the frame buffers, throws it when a
 * plugin below it is at fault, so that the kernel names that plugin's class and not the room's. The
 * kernel makes EIO of it; everything else that a plugin throws is blamed on the object that the
 * kernel called, so a plugin without plugins never needs this.
 *
 * @since 0.1.0
 */
public final class PluginFault extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates the fault of a plugin that threw something.
   *
   * @param plugin the object that was called
   * @param operation the method
   * @param thrown what it threw; the cause
   */
  public PluginFault(Object plugin, String operation, Throwable thrown) {
    super(
        "plugin %s: %s threw %s".formatted(nameOf(plugin), operation, textOf(thrown)),
        thrown,
        false,
        false);
  }

  /**
   * Creates the fault of a plugin whose answer cannot be.
   *
   * @param plugin the object that was called
   * @param operation the method
   * @param expectedAndFound what was expected and what it answered
   */
  public PluginFault(Object plugin, String operation, String expectedAndFound) {
    super("plugin %s: %s: %s".formatted(nameOf(plugin), operation, expectedAndFound));
  }

  /**
   * Returns the name of a plugin's class; of a lambda, that of the class it stands in, and of a
   * proxy with a {@link ForwardingHandler} that of what is behind it.
   */
  public static String nameOf(Object plugin) {
    String name = author(plugin).getName();
    int lambda = name.indexOf("$$Lambda");
    return lambda < 0 ? name : name.substring(0, lambda);
  }

  private static Class<?> author(Object plugin) {
    try {
      return Proxy.isProxyClass(plugin.getClass())
              && Proxy.getInvocationHandler(plugin) instanceof ForwardingHandler handler
          ? handler.author()
          : plugin.getClass();
    } catch (Throwable silent) {
      return plugin.getClass();
    }
  }

  /** An exception thrown by a plugin may have the plugin's own methods, which may throw as well. */
  private static String textOf(Throwable thrown) {
    try {
      return thrown.toString();
    } catch (Throwable speechless) {
      return thrown.getClass().getName();
    }
  }
}
