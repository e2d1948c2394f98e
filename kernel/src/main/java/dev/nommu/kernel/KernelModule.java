package dev.nommu.kernel;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.BuddyAllocator;
import dev.nommu.kernel.memory.PageAllocator;
import dev.nommu.kernel.memory.PhysicalMemory;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.SimulatedClock;
import java.lang.foreign.Arena;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Composes a machine. An injector made with this module gives {@link Machine}, booted, once. Every
 * binding can be replaced with {@code Modules.override}, and further plugins are added with a
 * {@link Multibinder} of {@link FileSystemType}, {@link DeviceDriver} or {@link BinaryFormat}.
 *
 * {@snippet :
 * Injector injector = Guice.createInjector(
 *     new KernelModule(board),
 *     binder -> Multibinder.newSetBinder(binder, DeviceDriver.class)
 *         .addBinding().to(MyDriver.class));
 * Machine machine = injector.getInstance(Machine.class);
 * }
 */
public final class KernelModule extends AbstractModule {
  private final Board board;
  private final Profile profile;

  /** Composes a machine from a board under the profile {@link Profile#DOCUMENT}. */
  public KernelModule(Board board) {
    this(board, Profile.DOCUMENT);
  }

  /** Composes a machine from a board. */
  public KernelModule(Board board, Profile profile) {
    this.board = board;
    this.profile = profile;
  }

  /**
   * Composes the machine that an injector with this module would give: an injector is more work
   * than booting.
   *
   * @throws BoardException if something the board asks for cannot be had
   */
  Machine compose(Sanitizer sanitizer) throws BoardException {
    Arena arena = arena();
    MachineClock clock = new SimulatedClock();
    return machine(
        board,
        profile,
        clock,
        clock,
        new KernelLog(),
        sanitizer,
        arena,
        memory(board, arena),
        allocator(board),
        found(ServiceLoader.load(FileSystemType.class)),
        found(ServiceLoader.load(DeviceDriver.class)),
        found(ServiceLoader.load(BinaryFormat.class)));
  }

  private <T> Set<T> found(ServiceLoader<T> loader) throws BoardException {
    Set<T> plugins = new LinkedHashSet<>();
    try {
      loader.forEach(plugins::add);
    } catch (ServiceConfigurationError broken) {
      throw new BoardException(
          "%s: a plugin cannot be loaded: %s".formatted(board.name(), broken.getMessage()), broken);
    }
    return plugins;
  }

  @Override
  protected void configure() {
    bind(Board.class).toInstance(board);
    bind(Profile.class).toInstance(profile);
    bind(MachineClock.class).toInstance(new SimulatedClock());
    bind(InstantSource.class).to(MachineClock.class);
    bind(KernelLog.class).toInstance(new KernelLog());
    bind(Sanitizer.class).toInstance(Sanitizer.OFF);
    bindPlugins(FileSystemType.class, ServiceLoader.load(FileSystemType.class));
    bindPlugins(DeviceDriver.class, ServiceLoader.load(DeviceDriver.class));
    bindPlugins(BinaryFormat.class, ServiceLoader.load(BinaryFormat.class));
  }

  private <T> void bindPlugins(Class<T> kind, ServiceLoader<T> found) {
    Multibinder<T> plugins = Multibinder.newSetBinder(binder(), kind);
    try {
      found.forEach(plugin -> plugins.addBinding().toInstance(plugin));
    } catch (ServiceConfigurationError broken) {
      addError("a plugin cannot be loaded: %s", broken.getMessage());
    }
  }

  @Provides
  @Singleton
  Arena arena() {
    return Arena.ofShared();
  }

  @Provides
  @Singleton
  PhysicalMemory memory(Board of, Arena arena) throws BoardException {
    try {
      return new PhysicalMemory(of.ram(), arena);
    } catch (ErrnoException refused) {
      throw new BoardException(
          "%s: %s for %s".formatted(of.name(), refused.getMessage(), of.memory().node()), refused);
    }
  }

  @Provides
  @Singleton
  PageAllocator allocator(Board of) {
    return new BuddyAllocator(of.ram(), of.reserved(), BuddyAllocator.MAX_PAGE_ORDER);
  }

  @Provides
  @Singleton
  Machine machine(
      Board of,
      Profile chosen,
      InstantSource clock,
      MachineClock machineClock,
      KernelLog log,
      Sanitizer sanitizer,
      Arena arena,
      PhysicalMemory memory,
      PageAllocator allocator,
      Set<FileSystemType> types,
      Set<DeviceDriver> drivers,
      Set<BinaryFormat> formats)
      throws BoardException {
    return new Boot(of, chosen, clock, machineClock, log, sanitizer, arena, memory, allocator)
        .run(types, drivers, formats);
  }
}
