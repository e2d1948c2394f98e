package dev.nommu.kernel.plugin;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.PluginFault;
import dev.nommu.kernel.log.KernelLog;
import java.util.List;

/**
 * The fence: calls plugins. Anything a plugin throws except {@link ErrnoException}, errors and
 * failed allocations included, and any impossible result becomes EIO with a message that names the
 * plugin's class and the operation (rule PLUGIN-01). A test finds calls of plugins made elsewhere.
 */
public final class PluginCall {
  /** An operation of a plugin that returns an object. Run by {@link PluginCall} alone. */
  @FunctionalInterface
  public interface Asking<T> {
    /** Calls the plugin. */
    T ask() throws ErrnoException;
  }

  /** An operation of a plugin without a result. Run by {@link PluginCall} alone. */
  @FunctionalInterface
  public interface Telling {
    /** Calls the plugin. */
    void tell() throws ErrnoException;
  }

  /** An operation of a plugin that returns a number. Run by {@link PluginCall} alone. */
  @FunctionalInterface
  public interface Counting {
    /** Calls the plugin. */
    long count() throws ErrnoException;
  }

  private PluginCall() {}

  /**
   * Returns a plugin's result, never null.
   *
   * @param plugin the object that is blamed
   * @param operation the name of the method
   * @throws ErrnoException the plugin's; EIO if it threw anything else or returned null
   */
  public static <T> T ask(Object plugin, String operation, Asking<T> asking) throws ErrnoException {
    T answer;
    try {
      answer = asking.ask();
    } catch (Throwable thrown) {
      throw failure(plugin, operation, thrown);
    }
    if (answer == null) {
      throw wrong(plugin, operation, "it returned null");
    }
    return answer;
  }

  /**
   * Calls an operation without a result.
   *
   * @throws ErrnoException the plugin's; EIO if it threw anything else
   */
  public static void tell(Object plugin, String operation, Telling telling) throws ErrnoException {
    try {
      telling.tell();
    } catch (Throwable thrown) {
      throw failure(plugin, operation, thrown);
    }
  }

  /**
   * Returns a number that a plugin returns.
   *
   * @param least the lowest valid number
   * @param most the highest valid number
   * @throws ErrnoException EIO if the number is out of range, and as in {@link #ask}
   */
  public static long count(
      Object plugin, String operation, long least, long most, Counting counting)
      throws ErrnoException {
    long count;
    try {
      count = counting.count();
    } catch (Throwable thrown) {
      throw failure(plugin, operation, thrown);
    }
    if (count < least || count > most) {
      throw wrong(plugin, operation, "expected %s, found %d".formatted(range(least, most), count));
    }
    return count;
  }

  private static String range(long least, long most) {
    return most == Long.MAX_VALUE ? least + " or more" : least + " to " + most;
  }

  /**
   * Returns the object to blame for one that a plugin handed over: the object itself, or its owner
   * if {@code api} created it from a plugin's memory or methods.
   */
  public static Object blamed(Object handedOver, Object owner) {
    boolean ofApi = handedOver.getClass().getPackageName().equals(Page.class.getPackageName());
    return ofApi ? owner : handedOver;
  }

  /**
   * Returns the culprit with which the message of a failure begins: {@code plugin} and the class,
   * or the first words of a plugin's own message.
   */
  public static String culprit(ErrnoException failure) {
    String message = String.valueOf(failure.getMessage());
    int end = message.indexOf(": ");
    return end < 0 ? message : message.substring(0, end);
  }

  /**
   * Logs a failure that no caller receives because the call is over: at most ten times in five
   * seconds for each culprit.
   *
   * @param what the operation that failed
   */
  public static void print(KernelLog log, String what, ErrnoException failure) {
    log.printRatelimited(culprit(failure), List.of(what + ": " + failure.getMessage()));
  }

  /** Returns a failure that reports a plugin's wrong result. */
  public static ErrnoException wrong(Object plugin, String operation, String expectedAndFound) {
    return eio(new PluginFault(plugin, operation, expectedAndFound));
  }

  /**
   * Returns the failure of a plugin that threw something: that itself if it is allowed.
   *
   * @throws Unwinding the one thrown, if it is the kernel's, to leave the plugin's frames
   */
  public static ErrnoException failure(Object plugin, String operation, Throwable thrown) {
    return switch (thrown) {
      case ErrnoException failure -> failure;
      case InternalError error when LostPage.isReportedBy(error) ->
          LostPage.failure(plugin.getClass().getName() + ": " + operation, error);
      default -> eio(fault(plugin, operation, thrown));
    };
  }

  /**
   * Returns the fault of a plugin that threw something it may not, in an operation without an errno
   * that another plugin called.
   *
   * @throws Unwinding the one thrown, if it is the kernel's, to leave the plugin's frames
   */
  static PluginFault fault(Object plugin, String operation, Throwable thrown) {
    return switch (thrown) {
      case Unwinding unwinding -> throw unwinding;
      case PluginFault fault when fault.getCause() instanceof Unwinding unwinding ->
          throw unwinding;
      case PluginFault fault -> fault;
      default -> new PluginFault(plugin, operation, thrown);
    };
  }

  private static ErrnoException eio(PluginFault fault) {
    Throwable cause = fault.getCause() == null ? fault : fault.getCause();
    return ErrnoException.byRule("PLUGIN-01", Errno.EIO, String.valueOf(fault.getMessage()), cause);
  }
}
