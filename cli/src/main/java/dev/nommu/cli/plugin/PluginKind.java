package dev.nommu.cli.plugin;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Processor;
import dev.nommu.api.UapiHeader;
import dev.nommu.chardevfb.FrameBufferDeviceDriver;
import dev.nommu.cli.text.Printable;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.kernel.task.MachineCode;
import dev.nommu.mtd.MtdPartParser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A kind of plugin.
 *
 * @param name its name, in words
 * @param service the interface it implements
 * @param naming returns a plugin's own name
 * @param about returns what it drives, or what it is mounted from
 */
record PluginKind<T>(
    String name, Class<T> service, Function<T, String> naming, Function<T, String> about) {
  private static final List<PluginKind<?>> ALL =
      List.of(
          new PluginKind<>(
              "driver",
              DeviceDriver.class,
              DeviceDriver::name,
              driver -> listed(driver.compatible())),
          new PluginKind<>(
              "frame buffer driver",
              FrameBufferDeviceDriver.class,
              FrameBufferDeviceDriver::name,
              driver -> listed(driver.compatible())),
          new PluginKind<>(
              "partition parser",
              MtdPartParser.class,
              MtdPartParser::name,
              parser -> listed(parser.compatible())),
          new PluginKind<>(
              "file system", FileSystemType.class, FileSystemType::name, PluginKind::mounted),
          new PluginKind<>("binary format", BinaryFormat.class, BinaryFormat::name, format -> ""),
          new PluginKind<>("machine code", MachineCode.class, MachineCode::name, code -> ""),
          new PluginKind<>("processor", Processor.class, Processor::name, processor -> ""),
          new PluginKind<>(
              "names",
              UapiHeader.class,
              UapiHeader::name,
              header ->
                  "%d constants, %d ioctls"
                      .formatted(header.constants().size(), header.ioctls().size())));

  private static String listed(Collection<String> compatible) {
    return String.join(", ", new TreeSet<>(compatible));
  }

  private static String mounted(FileSystemType type) {
    return switch (type.source()) {
      case STORE -> "a block device or MTD";
      case NODEV -> "nodev";
    };
  }

  /** Returns the services that plugins of all kinds provide. */
  static List<String> services() {
    return ALL.stream().map(kind -> kind.service().getName()).toList();
  }

  /** Returns all plugins on a path, by kind and then in the order found. */
  static List<PluginEntry> entries(PluginPath path) {
    return ALL.stream().flatMap(kind -> entries(kind, path).stream()).toList();
  }

  private static <T> List<PluginEntry> entries(PluginKind<T> kind, PluginPath path) {
    List<PluginEntry> entries = new ArrayList<>();
    for (FoundPlugin<T> found : path.find(kind.service())) {
      entries.add(path.during(() -> kind.entry(found)).behind(entries));
    }
    return entries;
  }

  private PluginEntry entry(FoundPlugin<T> found) {
    try {
      T plugin = found.get();
      String called = Objects.requireNonNull(naming.apply(plugin), "its name is null");
      return new PluginEntry(
          name, found, Printable.of(called), Printable.of(about.apply(plugin)), Optional.empty());
    } catch (RuntimeException | Error fault) {
      String why = "plugin %s cannot be used: %s".formatted(found, reason(fault));
      return new PluginEntry(name, found, "", "", Optional.of(Printable.of(why)));
    }
  }

  /** A loader reports a failure of a plugin's constructor with a cause, and others without. */
  private static String reason(Throwable fault) {
    if (fault.getCause() != null) {
      return fault.getCause().toString();
    }
    return fault instanceof ServiceConfigurationError
        ? String.valueOf(fault.getMessage())
        : fault.toString();
  }
}
