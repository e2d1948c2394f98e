package dev.nommu.tck;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.Strictness;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.MainMemory;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.interpose.Interposer;
import dev.nommu.tck.interpose.Invocation.Interception;
import dev.nommu.tck.interpose.Recorder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A plugin that is tested, and the board it is tested on. It takes the place of a plugin of its
 * name. Immutable; thread-safe.
 */
public final class Subject {
  private static final long SMALL = 1 << 20;

  /** What the calls of a plugin that is being made pass through. */
  private static final ScopedValue<Interception> INTERCEPTION = ScopedValue.newInstance();

  private final Board board;
  private final Kernel plain;
  private final Kernel forwarded;

  private Subject(Board board, Kernel plain, Kernel forwarded) {
    this.board = board;
    this.plain = plain;
    this.forwarded = forwarded;
  }

  /** Returns a driver on a board. */
  public static Subject driver(Supplier<? extends DeviceDriver> driver, Board board) {
    return of(DeviceDriver.class, DeviceDriver::name, driver, board);
  }

  /** Returns a type of file system on a board that mounts it. */
  public static Subject fileSystem(Supplier<? extends FileSystemType> type, Board board) {
    return of(FileSystemType.class, FileSystemType::name, type, board);
  }

  /** Returns a format of executables on a board that has one. */
  public static Subject format(Supplier<? extends BinaryFormat> format, Board board) {
    return of(BinaryFormat.class, BinaryFormat::name, format, board);
  }

  /**
   * Returns a plugin on a board.
   *
   * @param kind the service that it provides
   * @param naming what a plugin of the kind is called
   * @param maker makes one for each machine
   */
  public static <T> Subject of(
      Class<T> kind, Function<T, String> naming, Supplier<? extends T> maker, Board board) {
    T specimen = maker.get();
    String name = naming.apply(specimen);
    List<FoundPlugin<T>> others =
        PluginPath.standard().find(kind).stream()
            .filter(found -> !naming.apply(found.get()).equals(name))
            .toList();
    String type = specimen.getClass().getName();
    return new Subject(
        board,
        kernel(kind, others, new FoundPlugin<>(type, "", maker)),
        kernel(kind, others, new FoundPlugin<>(type, "", () -> interposed(kind, maker.get()))));
  }

  private static <T> Kernel kernel(
      Class<T> kind, List<FoundPlugin<T>> others, FoundPlugin<T> plugin) {
    List<FoundPlugin<T>> all = new ArrayList<>(others);
    all.add(plugin);
    return Kernel.of(PluginPath.standard().with(kind, all));
  }

  private static <T> T interposed(Class<T> kind, T plugin) {
    return INTERCEPTION.isBound() ? new Interposer(INTERCEPTION.get()).wrap(kind, plugin) : plugin;
  }

  /** Returns the board that it is tested on. */
  public Board board() {
    return board;
  }

  /**
   * Boots a machine with the plugin, which has to have all that its board asks for.
   *
   * @throws BoardException if it does not
   */
  public Trial boot(Setting setting) throws BoardException {
    Recorder recorder = new Recorder();
    Machine machine = boot(setting, recorder);
    Task task = machine.init().spawn("contract");
    return new Trial(machine, task, setting, recorder);
  }

  /**
   * Boots a machine on which the calls of the plugin pass through an interception.
   *
   * @throws BoardException if it does not have all that its board asks for
   */
  public Machine boot(Setting setting, Interception interception) throws BoardException {
    return boot(setting, interception, Sanitizer.OFF, Strictness.STRICT);
  }

  /**
   * Boots a machine as above, whose loads and stores a sanitizer sees.
   *
   * @param strictness whether the machine may lack something that its board asks for
   * @throws BoardException if it may not and does
   */
  public Machine boot(
      Setting setting, Interception interception, Sanitizer sanitizer, Strictness strictness)
      throws BoardException {
    Kernel kernel = setting.reach() == Reach.PLAIN ? plain : forwarded;
    Board used = setting.memory() == Memory.AS_GIVEN ? board : small();
    Profile profile = setting.profile();
    return ScopedValue.where(INTERCEPTION, interception)
        .call(() -> kernel.with(sanitizer).boot(used, profile, strictness));
  }

  private Board small() {
    MainMemory memory = board.memory();
    AddressRange ram = memory.ram();
    AddressRange less = new AddressRange(ram.start(), Math.min(SMALL, ram.length()));
    return new Board(
        board.name(),
        board.tree(),
        new MainMemory(memory.node(), less, memory.unused()),
        board.reserved(),
        board.commandLine(),
        board.simulation());
  }
}
