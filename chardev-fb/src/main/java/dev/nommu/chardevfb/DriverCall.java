package dev.nommu.chardevfb;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PluginFault;
import java.lang.ScopedValue.CallableOp;
import java.util.function.Supplier;

/**
 * Calls the layer below the core: a device-specific driver and its frame buffers. Their errors are
 * blamed on their own class, not on the core (rule PLUGIN-01).
 */
final class DriverCall {
  /** An operation that may fail and returns nothing. */
  @FunctionalInterface
  interface Action {
    void call() throws ErrnoException;
  }

  private DriverCall() {}

  /**
   * Returns the result of an operation.
   *
   * @param plugin the plugin to blame
   * @param operation the name of the method
   * @throws ErrnoException the plugin's
   */
  static <T> T ask(Object plugin, String operation, CallableOp<T, ErrnoException> asked)
      throws ErrnoException {
    T answer;
    try {
      answer = asked.call();
    } catch (ErrnoException failure) {
      throw failure;
    } catch (Throwable thrown) {
      throw fault(plugin, operation, thrown);
    }
    if (answer == null) {
      throw new PluginFault(plugin, operation, "it returned null");
    }
    return answer;
  }

  /** Calls an operation without a result, as {@link #ask}. */
  static void tell(Object plugin, String operation, Action action) throws ErrnoException {
    ask(
        plugin,
        operation,
        () -> {
          action.call();
          return true;
        });
  }

  /** Returns the result of an operation that cannot fail with an errno. */
  static <T> T answer(Object plugin, String operation, Supplier<T> asked) {
    try {
      return ask(plugin, operation, asked::get);
    } catch (ErrnoException sneaked) {
      throw fault(plugin, operation, sneaked);
    }
  }

  /** Returns the message for a fault below the core, with its rule. */
  static String told(Throwable fault) {
    String what = String.valueOf(fault.getMessage());
    return String.valueOf(ErrnoException.byRule("PLUGIN-01", Errno.EIO, what).getMessage());
  }

  private static PluginFault fault(Object plugin, String operation, Throwable thrown) {
    return thrown instanceof PluginFault below ? below : new PluginFault(plugin, operation, thrown);
  }
}
