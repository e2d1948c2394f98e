package dev.nommu.kernel.parts;

import com.google.inject.AbstractModule;
import com.google.inject.name.Names;
import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.console.ConsoleDriver;
import dev.nommu.kernel.console.ConsoleFactory;
import dev.nommu.kernel.device.SramDriver;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.AllocatorFactory;
import dev.nommu.kernel.memory.BuddyAllocator;
import dev.nommu.kernel.memory.MemoryFactory;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.SimulatedClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Binds the standard parts, and each plugin under its name, so that one of them can be replaced.
 * All providers are instances: they need no generated classes and, in messages, no class files;
 * Guice 7 can neither generate the former nor read the latter for Java 25 without a warning.
 */
public final class PartsModule extends AbstractModule {
  private static final FoundPlugin<DeviceDriver> SRAM =
      new FoundPlugin<>(SramDriver.class.getName(), "", SramDriver::new);

  private final PluginPath path;

  /** Creates a module that searches for plugins when an injector is created with it. */
  public PartsModule(PluginPath path) {
    this.path = path;
  }

  @Override
  protected void configure() {
    bind(MachineClock.class).toProvider(() -> new SimulatedClock());
    bind(KernelLog.class).toProvider(() -> new KernelLog());
    bind(Sanitizer.class).toInstance(Sanitizer.OFF);
    bind(MemoryFactory.class).toInstance(PhysicalMemory::new);
    bind(AllocatorFactory.class)
        .toInstance(
            (ram, reserved) -> new BuddyAllocator(ram, reserved, BuddyAllocator.MAX_PAGE_ORDER));
    bind(ConsoleFactory.class).toInstance(ConsoleDriver::new);
    bindEach(DeviceDriver.class, driver -> driver::name, List.of(SRAM));
    bindEach(FileSystemType.class, type -> type::name, List.of());
    bindEach(BinaryFormat.class, format -> format::name, List.of());
    bind(Parts.class).toProvider(new PartsProvider(path, binder()));
  }

  /**
   * A name shared by two plugins gets a number: no machine boots with both, and the reason is
   * reported.
   */
  private <T> void bindEach(
      Class<T> kind, Function<T, PluginCall.Asking<String>> naming, List<FoundPlugin<T>> own) {
    List<FoundPlugin<T>> plugins = new ArrayList<>(own);
    plugins.addAll(path.find(kind));
    Set<String> keys = new HashSet<>();
    for (FoundPlugin<T> plugin : plugins) {
      String name = path.during(() -> name(plugin, naming));
      String key = name;
      for (int number = 2; !keys.add(key); number++) {
        key = name + " " + number;
      }
      bind(kind).annotatedWith(Names.named(key)).toProvider(new PluginProvider<>(plugin));
    }
  }

  /** Returns the name of a plugin, or its class if it cannot be created or returns no name. */
  private static <T> String name(
      FoundPlugin<T> found, Function<T, PluginCall.Asking<String>> naming) {
    try {
      T plugin = new PluginSource<>(found.toString(), found).make();
      return PluginCall.ask(plugin, "name", naming.apply(plugin));
    } catch (UnusablePluginException | ErrnoException unusable) {
      return found.type();
    }
  }
}
