package dev.nommu.api;

import java.lang.reflect.InvocationHandler;

/**
 * The handler of a proxy that passes calls on to an object of a plugin, as a test or a tracer puts
 * one between. Where the plugin is at fault, that object's class is named and not the proxy's.
 *
 * @since 0.1.0
 */
public interface ForwardingHandler extends InvocationHandler {
  /** Returns the class of the object that calls are passed on to. */
  Class<?> author();
}
