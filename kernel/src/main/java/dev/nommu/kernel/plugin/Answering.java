package dev.nommu.kernel.plugin;

import dev.nommu.api.DelegatingFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;

/**
 * The object that answered for a file, and in which of its methods: the file, or the driver to
 * which a core directs the file's operations.
 *
 * @param plugin whose class is named
 * @param operation the name of the method
 */
public record Answering(Object plugin, String operation) {
  /** Returns who answers an operation of a file. */
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

  /** Returns a failure that says what was answered wrongly. */
  public ErrnoException wrong(String of, String expectedAndFound) {
    return PluginCall.wrong(plugin, operation + " of " + of, expectedAndFound);
  }
}
