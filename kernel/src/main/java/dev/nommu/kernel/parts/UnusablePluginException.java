package dev.nommu.kernel.parts;

import java.io.Serial;
import java.util.ServiceConfigurationError;

/** A plugin cannot be created, or fails to return its properties. The message names its class. */
public final class UnusablePluginException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param what the plugin's class, or where it was bound
   */
  UnusablePluginException(String what, Throwable reason) {
    super("plugin %s cannot be used: %s".formatted(what, text(reason)), reason);
  }

  private static String text(Throwable reason) {
    return reason instanceof ServiceConfigurationError error
        ? String.valueOf(error.getMessage())
        : reason.toString();
  }
}
