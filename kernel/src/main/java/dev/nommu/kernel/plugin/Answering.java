package dev.nommu.kernel.plugin;

import dev.nommu.api.DelegatingFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;

/**
 * The object that implements an operation of a file, and the method: the file, or the driver to
 * which a core delegates the file's operations.
 *
 * @param plugin the object whose class messages name
 * @param operation the name of the method
 */
public record Answering(Object plugin, String operation) {
  /** Returns the object that implements an operation of a file. */
  public static Answering of(OpenFile file, String operation) {
    try {
      return file instanceof DelegatingFile core
          ? new Answering(
              PluginCall.ask(core, "delegate", core::delegate),
              PluginCall.ask(core, "operation", () -> core.operation(operation)))
          : new Answering(file, operation);
    } catch (ErrnoException cannotSay) {
      return new Answering(file, operation);
    }
  }

  /** Returns a failure that reports a wrong result. */
  public ErrnoException wrong(String of, String expectedAndFound) {
    return PluginCall.wrong(plugin, operation + " of " + of, expectedAndFound);
  }
}
