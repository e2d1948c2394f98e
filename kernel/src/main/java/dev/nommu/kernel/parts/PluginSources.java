package dev.nommu.kernel.parts;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.path.PluginPath;
import java.util.List;

/**
 * The sources of each machine's plugins.
 *
 * @param path the path on which services were found
 * @param drivers the drivers
 * @param types the types of file system
 * @param formats the formats of executables
 */
public record PluginSources(
    PluginPath path,
    List<PluginSource<DeviceDriver>> drivers,
    List<PluginSource<FileSystemType>> types,
    List<PluginSource<BinaryFormat>> formats) {
  /** Copies the lists. */
  public PluginSources {
    drivers = List.copyOf(drivers);
    types = List.copyOf(types);
    formats = List.copyOf(formats);
  }
}
