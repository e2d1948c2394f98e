package dev.nommu.cli.console;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Signals from the host to this process. Java has no standard API for them; without {@code
 * sun.misc.Signal} they keep their default action.
 */
public final class HostSignals {
  private static final String SIGNAL = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";

  private HostSignals() {}

  /** Restores the former action of a signal. */
  @FunctionalInterface
  public interface Handled extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Sets the action of a signal until the result is closed.
   *
   * @param name without SIG: {@code "INT"}, {@code "WINCH"}
   * @param action runs on a separate thread, each time
   */
  public static Handled handle(String name, Runnable action) {
    try {
      Class<?> signals = Class.forName(SIGNAL);
      Class<?> handlers = Class.forName(HANDLER);
      Object signal = signals.getConstructor(String.class).newInstance(name);
      InvocationHandler run =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              action.run();
              return null;
            }
            return method.invoke(action, arguments);
          };
      Object handler =
          Proxy.newProxyInstance(handlers.getClassLoader(), new Class<?>[] {handlers}, run);
      Object before = set(signals, handlers, signal, handler);
      return () -> restore(signals, handlers, signal, before);
    } catch (ReflectiveOperationException | IllegalArgumentException absent) {
      return () -> {};
    }
  }

  private static Object set(Class<?> signals, Class<?> handlers, Object signal, Object handler)
      throws ReflectiveOperationException {
    return signals.getMethod("handle", signals, handlers).invoke(null, signal, handler);
  }

  private static void restore(Class<?> signals, Class<?> handlers, Object signal, Object handler) {
    try {
      set(signals, handlers, signal, handler);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
