package dev.nommu.kernel.vfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.plugin.PluginCall;

/**
 * A file system type and its description, requested once.
 *
 * @param plugin the type
 * @param name by which it is mounted
 * @param source what it is mounted from
 */
public record RegisteredType(FileSystemType plugin, String name, FileSystemType.Source source) {
  /**
   * Asks a type for its description.
   *
   * @throws ErrnoException EIO if it fails (rule PLUGIN-01)
   */
  public static RegisteredType of(FileSystemType plugin) throws ErrnoException {
    return new RegisteredType(
        plugin,
        PluginCall.ask(plugin, "name", plugin::name),
        PluginCall.ask(plugin, "source", plugin::source));
  }
}
