package dev.nommu.kernel.plugin;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.Objects;

/**
 * Calls plugins. Whatever a plugin throws but {@link ErrnoException}, its own errors and those of
 * its allocation among them, and a null answer, becomes EIO with a message that names the plugin's
 * class and the operation.
 */
public final class PluginCall {
  /** An operation of a plugin that answers. */
  @FunctionalInterface
  public interface Asking<T> {
    /** Asks the plugin. */
    T ask() throws ErrnoException;
  }

  /** An operation of a plugin that does something. */
  @FunctionalInterface
  public interface Telling {
    /** Tells the plugin. */
    void tell() throws ErrnoException;
  }

  /** An operation of a plugin that moves bytes. */
  @FunctionalInterface
  public interface Counting {
    /** Lets the plugin move bytes; returns how many. */
    long count() throws ErrnoException;
  }

  private PluginCall() {}

  /**
   * Returns a plugin's answer, never null.
   *
   * @param plugin who is blamed
   * @param operation the name of the method
   * @throws ErrnoException what the plugin threw; EIO if that was anything else, or null
   */
  public static <T> T ask(Object plugin, String operation, Asking<T> asking) throws ErrnoException {
    try {
      return Objects.requireNonNull(asking.ask(), "it answered null");
    } catch (Throwable fault) {
      throw blame(plugin, operation, fault);
    }
  }

  /**
   * Tells a plugin something.
   *
   * @throws ErrnoException what the plugin threw; EIO if that was anything else
   */
  public static void tell(Object plugin, String operation, Telling telling) throws ErrnoException {
    try {
      telling.tell();
    } catch (Throwable fault) {
      throw blame(plugin, operation, fault);
    }
  }

  /**
   * Returns how many bytes a plugin says it moved.
   *
   * @param limit how many it could have moved
   * @throws ErrnoException EIO if the count is negative or more than that, and as {@link #ask}
   */
  public static long count(Object plugin, String operation, long limit, Counting counting)
      throws ErrnoException {
    long count;
    try {
      count = counting.count();
    } catch (Throwable fault) {
      throw blame(plugin, operation, fault);
    }
    if (count < 0 || count > limit) {
      throw wrong(plugin, operation, "expected a count of 0 to " + limit + ", found " + count);
    }
    return count;
  }

  /** Returns a failure that says what a plugin answered wrongly. */
  public static ErrnoException wrong(Object plugin, String operation, String expectedAndFound) {
    return new ErrnoException(
        Errno.EIO,
        "plugin %s: %s: %s [PLUGIN-01]"
            .formatted(plugin.getClass().getName(), operation, expectedAndFound));
  }

  /** Returns what a plugin may throw as it is, and EIO for anything else. */
  private static ErrnoException blame(Object plugin, String operation, Throwable fault) {
    return switch (fault) {
      case ErrnoException failure -> failure;
      case Unwinding unwinding -> throw unwinding;
      default ->
          new ErrnoException(
              Errno.EIO,
              "plugin %s: %s threw %s [PLUGIN-01]"
                  .formatted(plugin.getClass().getName(), operation, fault),
              fault);
    };
  }
}
