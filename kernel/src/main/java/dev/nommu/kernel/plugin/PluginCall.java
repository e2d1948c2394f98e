package dev.nommu.kernel.plugin;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.PluginFault;
import dev.nommu.kernel.log.KernelLog;
import java.util.List;

/**
 * The fence: calls plugins. Anything a plugin throws but {@link ErrnoException}, errors and failed
 * allocations included, and any impossible answer becomes EIO with a message that names the
 * plugin's class and the operation (rule PLUGIN-01). A test finds each call of a plugin that stands
 * elsewhere.
 */
public final class PluginCall {
  /** An operation of a plugin that answers. Run by {@link PluginCall} alone. */
  @FunctionalInterface
  public interface Asking<T> {
    /** Asks the plugin. */
    T ask() throws ErrnoException;
  }

  /** An operation of a plugin that does something. Run by {@link PluginCall} alone. */
  @FunctionalInterface
  public interface Telling {
    /** Tells the plugin. */
    void tell() throws ErrnoException;
  }

  /** An operation of a plugin that answers a number. Run by {@link PluginCall} alone. */
  @FunctionalInterface
  public interface Counting {
    /** Asks the plugin for a number. */
    long count() throws ErrnoException;
  }

  private PluginCall() {}

  /**
   * Returns a plugin's answer, never null.
   *
   * @param plugin who is blamed
   * @param operation the name of the method
   * @throws ErrnoException what the plugin threw; EIO if that was anything else, or for null
   */
  public static <T> T ask(Object plugin, String operation, Asking<T> asking) throws ErrnoException {
    T answer;
    try {
      answer = asking.ask();
    } catch (Throwable thrown) {
      throw failure(plugin, operation, thrown);
    }
    if (answer == null) {
      throw wrong(plugin, operation, "it answered null");
    }
    return answer;
  }

  /**
   * Tells a plugin something.
   *
   * @throws ErrnoException what the plugin threw; EIO if that was anything else
   */
  public static void tell(Object plugin, String operation, Telling telling) throws ErrnoException {
    try {
      telling.tell();
    } catch (Throwable thrown) {
      throw failure(plugin, operation, thrown);
    }
  }

  /**
   * Returns a number that a plugin answers.
   *
   * @param least the least it can be
   * @param most the most it can be
   * @throws ErrnoException EIO if the number is another one, and as {@link #ask}
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
   * Returns who is blamed for an object that a plugin handed over: the object itself, or its owner
   * if it is one that {@code api} makes of a plugin's memory or methods.
   */
  public static Object blamed(Object handedOver, Object owner) {
    boolean ofApi = handedOver.getClass().getPackageName().equals(Page.class.getPackageName());
    return ofApi ? owner : handedOver;
  }

  /**
   * Returns who is at fault, as the message of a failure begins: {@code plugin} and the class; of
   * what a plugin says itself, its first words.
   */
  public static String culprit(ErrnoException failure) {
    String message = String.valueOf(failure.getMessage());
    int end = message.indexOf(": ");
    return end < 0 ? message : message.substring(0, end);
  }

  /**
   * Logs what no caller hears of because the call is over: ten times in five seconds of each that
   * is at fault.
   *
   * @param what what was being done
   */
  public static void print(KernelLog log, String what, ErrnoException failure) {
    log.printRatelimited(culprit(failure), List.of(what + ": " + failure.getMessage()));
  }

  /** Returns a failure that says what a plugin answered wrongly. */
  public static ErrnoException wrong(Object plugin, String operation, String expectedAndFound) {
    return eio(new PluginFault(plugin, operation, expectedAndFound));
  }

  /**
   * Returns the failure of a plugin that threw something: that itself if it may.
   *
   * @throws Unwinding what was thrown if that is the kernel's own, to leave the plugin's frames
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
   * Returns the fault of a plugin that threw something it may not: for an operation without an
   * errno, which another plugin has asked for.
   *
   * @throws Unwinding what was thrown if that is the kernel's own, to leave the plugin's frames
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
