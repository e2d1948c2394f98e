package dev.nommu.kernel.parts;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.device.Driver;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.vfs.RegisteredType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The plugins of one machine: those that could be created and returned their properties.
 *
 * @param drivers the drivers
 * @param types the types of file system
 * @param formats the formats of executables
 * @param compatible the compatible strings of the drivers, in order
 * @param sources what each type is mounted from, by type name
 * @param leftOut why others were left out, naming the class of each
 */
public record MachinePlugins(
    List<Driver> drivers,
    List<RegisteredType> types,
    List<BinaryFormat> formats,
    Set<String> compatible,
    Map<String, FileSystemType.Source> sources,
    List<String> leftOut) {
  private interface Question<T, A> {
    A ask(T plugin) throws ErrnoException;
  }

  /** Creates the plugins of a machine; the properties of each are queried once. */
  public static MachinePlugins make(PluginSources sources) {
    return sources.path().during(() -> makeEach(sources));
  }

  private static MachinePlugins makeEach(PluginSources sources) {
    List<String> leftOut = new ArrayList<>();
    List<Driver> drivers = make(sources.drivers(), leftOut, Driver::of);
    Set<String> compatible = new TreeSet<>();
    drivers.forEach(driver -> compatible.addAll(driver.compatible()));
    List<RegisteredType> types = make(sources.types(), leftOut, RegisteredType::of);
    Map<String, FileSystemType.Source> mounted = new TreeMap<>();
    types.forEach(type -> mounted.put(type.name(), type.source()));
    return new MachinePlugins(
        drivers,
        types,
        make(sources.formats(), leftOut, MachinePlugins::named),
        compatible,
        mounted,
        leftOut);
  }

  private static BinaryFormat named(BinaryFormat format) throws ErrnoException {
    PluginCall.ask(format, "name", format::name);
    return format;
  }

  private static <T, A> List<A> make(
      List<PluginSource<T>> sources, List<String> leftOut, Question<T, A> question) {
    List<A> made = new ArrayList<>();
    for (PluginSource<T> source : sources) {
      try {
        made.add(question.ask(source.make()));
      } catch (UnusablePluginException unusable) {
        leftOut.add(String.valueOf(unusable.getMessage()));
      } catch (ErrnoException silent) {
        leftOut.add(String.valueOf(silent.getMessage()));
      }
    }
    return made;
  }
}
