package dev.nommu.kernel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Binder;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.util.Modules;
import dev.nommu.api.AddressRange;
import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Profile;
import dev.nommu.kernel.KernelModule;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.Task;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.memory.BuddyAllocator;
import dev.nommu.kernel.memory.PageAllocator;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Boots machines. After every test each of them that is not closed is asked what is wrong with its
 * bookkeeping, as it is and again when its processes are gone: nothing may be.
 */
public final class Machines implements AfterEachCallback {
  private final List<Machine> booted = new ArrayList<>();

  /** Creates an extension that has booted nothing. */
  public Machines() {}

  /** Boots a board with 16 MiB and the plugins on the class path. */
  public Machine boot(Profile profile) {
    return boot(TestBoard.withMebibytes(16).build(), profile);
  }

  /** Boots a board with the plugins on the class path and these. */
  public Machine boot(Board board, Profile profile, Object... plugins) {
    return boot(new KernelModule(board, profile), plugins);
  }

  /** Boots a board on which pages can be had only as a test says. */
  public Machine bootWithShortage(Board board, Profile profile, Shortage shortage) {
    return boot(
        Modules.override(new KernelModule(board, profile))
            .with(binder -> binder.bind(PageAllocator.class).toInstance(shortage)));
  }

  /** Boots a board on which pages can be had only as a test says, with plugins. */
  public Machine bootWithShortage(
      Board board, Profile profile, Shortage shortage, Object... plugins) {
    return boot(
        Modules.override(new KernelModule(board, profile))
            .with(binder -> binder.bind(PageAllocator.class).toInstance(shortage)),
        plugins);
  }

  /** Boots a board under the document's profile on memory of this arena, with plugins. */
  public Machine bootIn(Arena arena, Board board, Object... plugins) {
    return boot(
        Modules.override(new KernelModule(board, Profile.DOCUMENT))
            .with(binder -> binder.bind(Arena.class).toInstance(arena)),
        plugins);
  }

  private Machine boot(Module kernel, Object... plugins) {
    Machine machine =
        Guice.createInjector(kernel, binder -> bind(binder, plugins)).getInstance(Machine.class);
    booted.add(machine);
    return machine;
  }

  private static void bind(Binder binder, Object... plugins) {
    for (Object plugin : plugins) {
      switch (plugin) {
        case DeviceDriver driver ->
            Multibinder.newSetBinder(binder, DeviceDriver.class).addBinding().toInstance(driver);
        case FileSystemType type ->
            Multibinder.newSetBinder(binder, FileSystemType.class).addBinding().toInstance(type);
        case BinaryFormat format ->
            Multibinder.newSetBinder(binder, BinaryFormat.class).addBinding().toInstance(format);
        default -> throw new IllegalArgumentException("no plugin: " + plugin);
      }
    }
  }

  /** Returns the allocator of a board, to be made short of pages. */
  public static Shortage shortage(Board board) {
    return new Shortage(
        new BuddyAllocator(board.ram(), board.reserved(), BuddyAllocator.MAX_PAGE_ORDER));
  }

  /** Returns the RAM of a machine. */
  public static AddressRange ram(Machine machine) {
    return machine.memory().ram();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    try {
      booted.stream().filter(machine -> !machine.isClosed()).forEach(Machines::requireSound);
    } finally {
      booted.forEach(Machine::close);
      booted.clear();
    }
  }

  private static void requireSound(Machine machine) {
    assertThat(machine.check()).isEmpty();
    machine.tasks().forEach(Task::exit);
    assertThat(machine.check()).as("after the end of all processes").isEmpty();
    assertThat(machine.mappedCopyPages()).as("pages nobody maps any more").isZero();
  }
}
