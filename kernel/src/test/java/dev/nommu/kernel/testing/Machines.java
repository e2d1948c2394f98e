package dev.nommu.kernel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Binder;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.util.Modules;
import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.inject.KernelModule;
import dev.nommu.kernel.memory.AllocatorFactory;
import dev.nommu.kernel.memory.BuddyAllocator;
import dev.nommu.kernel.memory.Ram;
import dev.nommu.kernel.task.Task;
import java.io.UncheckedIOException;
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
    Kernel kernel = plugins.length == 0 ? Kernel.standard() : kernel(binder -> {}, plugins);
    return boot(kernel, board, profile);
  }

  /** Boots a board on which pages can be had only as a test says, with plugins. */
  public Machine bootWithShortage(
      Board board, Profile profile, Shortage shortage, Object... plugins) {
    Module replaced =
        binder -> binder.bind(AllocatorFactory.class).toInstance((ram, reserved) -> shortage);
    return boot(kernel(replaced, plugins), board, profile);
  }

  /** Boots a board; what fails is thrown as the cause of an unchecked exception. */
  public Machine boot(Kernel kernel, Board board, Profile profile) {
    try {
      return booted(kernel.boot(board, profile));
    } catch (BoardException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Looks after a machine that was booted elsewhere, and returns it. */
  public Machine booted(Machine machine) {
    booted.add(machine);
    return machine;
  }

  /**
   * Returns a kernel with the plugins on the class path and these.
   *
   * @param replaced takes the place of what is bound under the same keys
   */
  public static Kernel kernel(Module replaced, Object... plugins) {
    return Guice.createInjector(
            Modules.override(new KernelModule()).with(replaced), binder -> bind(binder, plugins))
        .getInstance(Kernel.class);
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
  public static Ram ram(Machine machine) {
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
