package dev.nommu.kernel.parts;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plugins of one machine, each of which could be made and says what it is.
 *
 * @param drivers the drivers
 * @param types the types of file system
 * @param formats the formats of executables
 * @param compatible what the drivers drive, by name
 * @param leftOut why others are not there, naming the class of each
 */
public record MachinePlugins(
    List<DeviceDriver> drivers,
    List<FileSystemType> types,
    List<BinaryFormat> formats,
    Set<String> compatible,
    List<String> leftOut) {
  private interface Question<T> {
    void ask(T plugin) throws ErrnoException;
  }

  /** Makes the plugins of a machine. */
  public static MachinePlugins make(PluginSources sources) {
    List<String> leftOut = new ArrayList<>();
    Set<String> compatible = new TreeSet<>();
    return new MachinePlugins(
        make(
            sources.drivers(),
            leftOut,
            driver -> {
              PluginCall.ask(driver, "name", driver::name);
              compatible.addAll(
                  PluginCall.ask(driver, "compatible", () -> Set.copyOf(driver.compatible())));
            }),
        make(
            sources.types(),
            leftOut,
            type -> {
              PluginCall.ask(type, "name", type::name);
              PluginCall.ask(type, "source", type::source);
            }),
        make(sources.formats(), leftOut, format -> PluginCall.ask(format, "name", format::name)),
        compatible,
        leftOut);
  }

  private static <T> List<T> make(
      List<PluginSource<T>> sources, List<String> leftOut, Question<T> question) {
    List<T> made = new ArrayList<>();
    for (PluginSource<T> source : sources) {
      try {
        T plugin = source.make();
        question.ask(plugin);
        made.add(plugin);
      } catch (UnusablePluginException unusable) {
        leftOut.add(unusable.getMessage());
      } catch (ErrnoException silent) {
        leftOut.add(silent.getMessage());
      }
    }
    return made;
  }
}
