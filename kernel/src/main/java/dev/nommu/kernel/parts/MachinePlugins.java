package dev.nommu.kernel.parts;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.device.Driver;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.vfs.RegisteredType;
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
    List<Driver> drivers,
    List<RegisteredType> types,
    List<BinaryFormat> formats,
    Set<String> compatible,
    List<String> leftOut) {
  private interface Question<T, A> {
    A ask(T plugin) throws ErrnoException;
  }

  /** Makes the plugins of a machine; each says once what it is. */
  public static MachinePlugins make(PluginSources sources) {
    List<String> leftOut = new ArrayList<>();
    List<Driver> drivers = make(sources.drivers(), leftOut, Driver::of);
    Set<String> compatible = new TreeSet<>();
    drivers.forEach(driver -> compatible.addAll(driver.compatible()));
    return new MachinePlugins(
        drivers,
        make(sources.types(), leftOut, RegisteredType::of),
        make(sources.formats(), leftOut, MachinePlugins::named),
        compatible,
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
        leftOut.add(unusable.getMessage());
      } catch (ErrnoException silent) {
        leftOut.add(silent.getMessage());
      }
    }
    return made;
  }
}
