package dev.nommu.kernel.inject;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.parts.Parts;
import dev.nommu.kernel.parts.PartsModule;
import dev.nommu.kernel.path.PluginPath;

/**
 * Composes a {@link Kernel}. One injector creates it; machines boot from it without an injector.
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
 * <p>Each part is a binding that can be replaced with {@code Modules.override}. A provider is
 * called once for each machine:
 *
 * <ul>
 *   <li>{@link dev.nommu.kernel.time.MachineClock}: {@link dev.nommu.kernel.time.SimulatedClock}
 *   <li>{@link dev.nommu.kernel.log.KernelLog}: a log without a listener
 *   <li>{@link dev.nommu.kernel.sanitizer.Sanitizer}: {@code Sanitizer.OFF}
 *   <li>{@link dev.nommu.kernel.memory.MemoryFactory}: of {@link
 *       dev.nommu.kernel.memory.PhysicalMemory}
 *   <li>{@link dev.nommu.kernel.memory.AllocatorFactory}: of {@link
 *       dev.nommu.kernel.memory.BuddyAllocator}
 *   <li>{@link dev.nommu.kernel.console.ConsoleFactory}: of {@link
 *       dev.nommu.kernel.console.ConsoleDriver}
 * </ul>
 *
 * <p>Each plugin found is a binding of {@link dev.nommu.api.DeviceDriver}, {@link
 * dev.nommu.api.FileSystemType} or {@link dev.nommu.api.BinaryFormat} under its name, as {@code
 * Names.named("ramfs")}, and is replaced in the same way. Any other binding of one of these types,
 * under another name or in a set, adds a plugin. Bind to a provider, so that each machine gets its
 * own plugin.
 */
@SuppressWarnings("exports") // users of a Guice module require Guice anyway
public final class KernelModule extends AbstractModule {
  private final PluginPath path;

  /** Uses the plugins on the module path and the class path of this class. */
  public KernelModule() {
    this(PluginPath.standard());
  }

  /** Uses the plugins found on a path. */
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
