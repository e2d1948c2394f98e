package dev.nommu.kernel.inject;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.parts.Parts;
import dev.nommu.kernel.parts.PartsModule;
import dev.nommu.kernel.path.PluginPath;

/**
 * Composes a {@link Kernel}. One injector makes it; machines are booted from it without.
 *
 * {@snippet :
 * Kernel kernel =
 *     Guice.createInjector(
 *             Modules.override(new KernelModule())
 *                 .with(binder -> {
 *                   binder.bind(MachineClock.class).toProvider(() -> new RealClock());
 *                   binder
 *                       .bind(DeviceDriver.class)
 *                       .annotatedWith(Names.named("mtd"))
 *                       .toProvider(() -> new MyMtdDriver());
 *                 }))
 *         .getInstance(Kernel.class);
 * }
 *
 * <p>Each part is a binding that can be replaced with {@code Modules.override}. A provider is asked
 * once for each machine:
 *
 * <ul>
 *   <li>{@link dev.nommu.kernel.time.MachineClock}: {@link dev.nommu.kernel.time.SimulatedClock}
 *   <li>{@link dev.nommu.kernel.log.KernelLog}: one without a listener
 *   <li>{@link dev.nommu.kernel.sanitizer.Sanitizer}: {@code Sanitizer.OFF}
 *   <li>{@link dev.nommu.kernel.memory.MemoryFactory}: of {@link
 *       dev.nommu.kernel.memory.PhysicalMemory}
 *   <li>{@link dev.nommu.kernel.memory.AllocatorFactory}: of {@link
 *       dev.nommu.kernel.memory.BuddyAllocator}
 *   <li>{@link dev.nommu.kernel.console.ConsoleFactory}: of {@link
 *       dev.nommu.kernel.console.ConsoleDriver}
 * </ul>
 *
 * <p>Each plugin that is found is a binding of {@link dev.nommu.api.DeviceDriver}, {@link
 * dev.nommu.api.FileSystemType} or {@link dev.nommu.api.BinaryFormat} under its name, as {@code
 * Names.named("ramfs")}, and is replaced in the same way. Any other binding of one of these types,
 * under a name of its own or in a set, adds a plugin. Bind to a provider, so that each machine gets
 * a plugin of its own.
 */
@SuppressWarnings("exports") // whoever installs a module of Guice requires Guice
public final class KernelModule extends AbstractModule {
  private final PluginPath path;

  /** Takes the plugins on the module path and the class path this class itself comes from. */
  public KernelModule() {
    this(PluginPath.standard());
  }

  /** Takes the plugins that are found on a path. */
  public KernelModule(PluginPath path) {
    this.path = path;
  }

  @Override
  protected void configure() {
    install(new PartsModule(path));
    Provider<Parts> parts = getProvider(Parts.class);
    bind(Kernel.class).toProvider(() -> new Kernel(parts.get()));
  }
}
