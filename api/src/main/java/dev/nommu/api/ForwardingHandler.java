package dev.nommu.api;

import java.lang.reflect.InvocationHandler;

/**
 * The handler of a proxy that forwards calls to an object of a plugin, for tests and tracers. If
 * the plugin is at fault, the error names that object's class instead of the proxy's.
 *
 * @since 0.1.0
 */
public interface ForwardingHandler extends InvocationHandler {
  /** Returns the class of the object that calls are forwarded to. */
  Class<?> author();
}
