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
import dev.nommu.kernel.memory.Ram;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.interpose.Interposer;
import dev.nommu.tck.interpose.Invocation.Interception;
import dev.nommu.tck.interpose.Recorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A plugin under test and its board. It replaces a plugin of the same name. Immutable; thread-safe.
 */
public final class Subject {
  /** The interception of a plugin's calls while it is created. */
  private static final ScopedValue<Interception> INTERCEPTION = ScopedValue.newInstance();

  /** An action on a booted machine. */
  interface Use<T> {
    T of(Trial trial) throws Exception;
  }

  private final Board board;
  private final Kernel plain;
  private final Kernel forwarded;
  private final TimeLimit limit;

  private Subject(Board board, Kernel plain, Kernel forwarded, TimeLimit limit) {
    this.board = board;
    this.plain = plain;
    this.forwarded = forwarded;
    this.limit = limit;
  }

  private Subject(Board board, Kernel plain, Kernel forwarded) {
    this(board, plain, forwarded, TimeLimit.usual());
  }

  /** Returns all drivers and types of file system found, on a board that uses them. */
  public static Subject board(Board board) {
    PluginPath found = PluginPath.standard();
    PluginPath drivers = found.with(DeviceDriver.class, interposed(DeviceDriver.class, found));
    return new Subject(
        board,
        Kernel.of(found),
        Kernel.of(drivers.with(FileSystemType.class, interposed(FileSystemType.class, found))));
  }

  private static <T> List<FoundPlugin<T>> interposed(Class<T> kind, PluginPath path) {
    return path.find(kind).stream()
        .map(plugin ->
            new FoundPlugin<T>(plugin.type(), plugin.from(), () -> interposed(kind, plugin.get())))
        .toList();
  }

  /** Returns a driver on a board. */
  public static Subject driver(Supplier<? extends DeviceDriver> driver, Board board) {
    return of(DeviceDriver.class, DeviceDriver::name, driver, board);
  }

  /** Returns a type of file system on a board that mounts it. */
  public static Subject fileSystem(Supplier<? extends FileSystemType> type, Board board) {
    return of(FileSystemType.class, FileSystemType::name, type, board);
  }

  /** Returns a format of executables on a board. */
  public static Subject format(Supplier<? extends BinaryFormat> format, Board board) {
    return of(BinaryFormat.class, BinaryFormat::name, format, board);
  }

  /**
   * Returns a plugin on a board, along with the plugins on the kernel's path.
   *
   * @param kind the service that it provides
   * @param naming returns the name of a plugin of the kind
   * @param maker creates one for each machine
   */
  public static <T> Subject of(
      Class<T> kind, Function<T, String> naming, Supplier<? extends T> maker, Board board) {
    String type = maker.get().getClass().getName();
    return on(PluginPath.standard(), kind, naming, new FoundPlugin<>(type, "", maker), board);
  }

  /**
   * Returns a plugin that was found, on a board.
   *
   * @param path where the other plugins are found, except any of its name
   * @param kind the service that it provides
   * @param naming returns the name of a plugin of the kind
   */
  public static <T> Subject on(
      PluginPath path,
      Class<T> kind,
      Function<T, String> naming,
      FoundPlugin<T> plugin,
      Board board) {
    String name = path.during(() -> naming.apply(plugin.get()));
    List<FoundPlugin<T>> others =
        path.find(kind).stream().filter(found -> isBeside(name, found, path, naming)).toList();
    FoundPlugin<T> interposed =
        new FoundPlugin<>(plugin.type(), plugin.from(), () -> interposed(kind, plugin.get()));
    return new Subject(
        board, kernel(path, kind, others, plugin), kernel(path, kind, others, interposed));
  }

  /** Other plugins that cannot be created or have no name are ignored: they are not under test. */
  private static <T> boolean isBeside(
      String name, FoundPlugin<T> found, PluginPath path, Function<T, String> naming) {
    try {
      String other = path.during(() -> naming.apply(found.get()));
      return other != null && !other.equals(name);
    } catch (RuntimeException | Error unusable) {
      return false;
    }
  }

  private static <T> Kernel kernel(
      PluginPath path, Class<T> kind, List<FoundPlugin<T>> others, FoundPlugin<T> plugin) {
    List<FoundPlugin<T>> all = new ArrayList<>(others);
    all.add(plugin);
    return Kernel.of(path.with(kind, all));
  }

  private static <T> T interposed(Class<T> kind, T plugin) {
    return INTERCEPTION.isBound() ? new Interposer(INTERCEPTION.get()).wrap(kind, plugin) : plugin;
  }

  /** Returns its board. */
  public Board board() {
    return board;
  }

  /** Returns a copy on another board. */
  public Subject on(Board other) {
    return new Subject(other, plain, forwarded, limit);
  }

  /** Returns a copy with a time limit for a boot and for the test of a rule. */
  public Subject within(Duration limit) {
    return new Subject(board, plain, forwarded, new TimeLimit(limit));
  }

  /**
   * Boots a machine with the plugin and everything its board asks for.
   *
   * @throws BoardException if something is missing, or a plugin does not return
   */
  public Trial boot(Setting setting) throws BoardException {
    Recorder recorder = new Recorder();
    try {
      return limit.call(() -> boot(setting, recorder));
    } catch (BoardException | RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new BoardException(board.name() + ": boot: " + failure.getMessage(), failure);
    }
  }

  private Trial boot(Setting setting, Recorder recorder) throws BoardException {
    Machine machine = boot(setting, (Interception) recorder);
    Task task = machine.init().spawn("contract");
    return new Trial(machine, task, setting, recorder);
  }

  /**
   * Runs an action on a booted machine, and closes it.
   *
   * @throws Exception as the action does, or if a plugin does not return
   */
  <T> T use(Setting setting, Use<T> use) throws Exception {
    Recorder recorder = new Recorder();
    return limit.call(() -> {
      try (Trial trial = boot(setting, recorder)) {
        return use.of(trial);
      }
    });
  }

  /**
   * Boots a machine on which the calls of the plugin pass through an interception.
   *
   * @throws BoardException if something its board asks for is missing
   */
  public Machine boot(Setting setting, Interception interception) throws BoardException {
    return boot(setting, interception, Sanitizer.OFF, Strictness.STRICT);
  }

  /**
   * Boots a machine as above, with its loads and stores checked by a sanitizer.
   *
   * @param strictness whether the machine may lack parts its board asks for
   * @throws BoardException if it lacks parts it may not
   */
  public Machine boot(
      Setting setting, Interception interception, Sanitizer sanitizer, Strictness strictness)
      throws BoardException {
    Kernel kernel = setting.reach() == Reach.PLAIN ? plain : forwarded;
    Board used = withAtMost(setting.memory().most());
    Profile profile = setting.profile();
    return ScopedValue.where(INTERCEPTION, interception)
        .call(() -> kernel.with(sanitizer).boot(used, profile, strictness));
  }

  private Board withAtMost(long most) {
    AddressRange first = board.ram().banks().getFirst();
    return most == Long.MAX_VALUE
        ? board
        : board.withRam(Ram.of(new AddressRange(first.start(), Math.min(most, first.length()))));
  }
}
