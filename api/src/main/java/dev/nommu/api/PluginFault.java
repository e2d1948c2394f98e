package dev.nommu.api;

import java.io.Serial;
import java.lang.reflect.Proxy;

/**
 * A violation of the contract by a plugin: an exception other than {@link ErrnoException}, or an
 * impossible answer.
 *
 * <p>A module with its own SPI, such as the frame buffer core, throws it when a plugin below it is
 * at fault, so that the kernel names that plugin's class. The kernel turns it into EIO. Anything
 * else thrown is blamed on the object the kernel called, so a plugin without plugins never needs
 * this.
 *
 * @since 0.1.0
 */
public final class PluginFault extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates the fault of a plugin that threw an exception.
   *
   * @param plugin the object that was called
   * @param operation the method
   * @param thrown the exception, which becomes the cause
   */
  public PluginFault(Object plugin, String operation, Throwable thrown) {
    super(
        "plugin %s: %s threw %s".formatted(nameOf(plugin), operation, textOf(thrown)),
        thrown,
        false,
        false);
  }

  /**
   * Creates the fault of a plugin with an impossible answer.
   *
   * @param plugin the object that was called
   * @param operation the method
   * @param expectedAndFound the expected and the actual answer
   */
  public PluginFault(Object plugin, String operation, String expectedAndFound) {
    super("plugin %s: %s: %s".formatted(nameOf(plugin), operation, expectedAndFound));
  }

  /**
   * Returns the name of a plugin's class: for a lambda the enclosing class, for a proxy with a
   * {@link ForwardingHandler} the class of its target.
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

  /** A plugin's exception may override methods, which may throw too. */
  private static String textOf(Throwable thrown) {
    try {
      return thrown.toString();
    } catch (Throwable speechless) {
      return thrown.getClass().getName();
    }
  }
}
