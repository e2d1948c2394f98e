package dev.nommu.cli.check;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.HostFailure;
import dev.nommu.chardevfb.FrameBufferDeviceDriver;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.tck.Contract;
import dev.nommu.tck.MadeBoard;
import dev.nommu.tck.Service;
import dev.nommu.tck.Subject;
import dev.nommu.tck.device.BlockDevices;
import dev.nommu.tck.device.CharacterDevices;
import dev.nommu.tck.device.FrameBuffers;
import dev.nommu.tck.device.Mtds;
import dev.nommu.tck.device.Registers;
import dev.nommu.tck.exec.BinaryFormats;
import dev.nommu.tck.fs.FileSystems;
import dev.nommu.tck.session.Session;
import dev.nommu.tck.session.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The contracts that a plugin's class must keep.
 *
 * @param subject the plugin on its board
 * @param contracts of everything that it registers or that is mounted
 * @param session in which it is used; empty if sessions are generated
 * @param path where it and the plugins it needs are found
 */
public record ContractsOfClass(
    Subject subject, List<Contract> contracts, Optional<Session> session, PluginPath path) {
  /** Takes an immutable copy. */
  public ContractsOfClass {
    contracts = List.copyOf(contracts);
  }

  /**
   * The setup a plugin is tested with.
   *
   * @param board a board with the plugin; if empty, one is generated
   * @param executable the file of a program that a format loads
   */
  public record Given(Optional<Board> board, Optional<Path> executable) {
    /** Returns the bytes of the program. */
    byte[] program(String format) {
      Path file =
          executable.orElseThrow(() ->
              new IllegalStateException(
                  format + ": give a file that this format loads, with --executable"));
      try {
        return Files.readAllBytes(file);
      } catch (IOException unreadable) {
        throw new IllegalStateException(
            "%s: %s".formatted(file, HostFailure.reason(unreadable)), unreadable);
      }
    }
  }

  /**
   * A kind of plugin that can be checked.
   *
   * @param made returns the source of a board for one
   * @param factories of its contracts; each refuses a plugin without anything of its kind
   * @param use makes the session in which one is used
   */
  private record Kind<T>(
      Service<T> service, Function<T, String> made, List<Factory> factories, Use use) {}

  private interface Factory {
    List<Contract> make(Subject subject, String name, Given given) throws BoardException;
  }

  private interface Use {
    Optional<Session> of(String name, Given given);
  }

  private static final Use GENERATED = (name, given) -> Optional.empty();

  private static final List<Kind<?>> KINDS =
      List.of(
          new Kind<>(
              new Service<>(DeviceDriver.class, DeviceDriver::name),
              driver -> MadeBoard.of(driver.compatible()),
              List.of(
                  (subject, name, given) -> CharacterDevices.of(subject),
                  (subject, name, given) -> BlockDevices.of(subject),
                  (subject, name, given) -> Registers.of(subject),
                  (subject, name, given) -> Mtds.of(subject)),
              GENERATED),
          new Kind<>(
              new Service<>(FrameBufferDeviceDriver.class, FrameBufferDeviceDriver::name),
              driver -> MadeBoard.of(driver.compatible()),
              List.of((subject, name, given) -> FrameBuffers.of(subject)),
              GENERATED),
          new Kind<>(
              new Service<>(FileSystemType.class, FileSystemType::name),
              FileSystems::boardWithoutStore,
              List.of((subject, name, given) -> FileSystems.of(subject, name)),
              GENERATED),
          new Kind<>(
              new Service<>(BinaryFormat.class, BinaryFormat::name),
              format -> BinaryFormats.BOARD,
              List.of((subject, name, given) ->
                  List.of(BinaryFormats.of(subject, name, given.program(name)))),
              (name, given) -> Optional.of(BinaryFormats.executing(given.program(name)))));

  /**
   * Returns what programs use of the plugin: its devices and mount points. Of a core's devices only
   * those with a contract are known.
   *
   * @throws BoardException if the subject does not boot
   */
  public Targets targets() throws BoardException {
    List<String> devices =
        contracts.stream()
            .map(Contract::title)
            .filter(title -> title.startsWith("/"))
            .distinct()
            .toList();
    Targets found = devices.isEmpty() ? Targets.of(subject) : Targets.ofDevices(devices);
    return found.with(path);
  }

  /** Returns the kinds of plugins that have a contract. */
  public static List<Service<?>> services() {
    return KINDS.stream().<Service<?>>map(Kind::service).toList();
  }

  /** Returns the classes of a place that have a contract, in the order found. */
  public static List<String> classes(PluginPath path, Path place) {
    return KINDS.stream()
        .flatMap(kind -> path.find(kind.service().type()).stream())
        .filter(found -> found.from().equals(place.toString()))
        .map(FoundPlugin::type)
        .distinct()
        .toList();
  }

  /**
   * Returns the contracts of a class.
   *
   * @param given the setup
   * @throws BoardException if the board cannot be booted with it
   * @throws IllegalArgumentException if it is of another kind, or its board does not use it
   */
  public static ContractsOfClass find(PluginPath path, String type, Given given)
      throws BoardException {
    for (Kind<?> kind : KINDS) {
      Optional<ContractsOfClass> found = find(kind, path, type, given);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new IllegalArgumentException(
        type
            + ": expected a driver, a frame buffer driver, a type of file system or a binary"
            + " format");
  }

  private static <T> Optional<ContractsOfClass> find(
      Kind<T> kind, PluginPath path, String type, Given given) throws BoardException {
    Optional<FoundPlugin<T>> found = kind.service().find(path, type);
    return found.isPresent() ? Optional.of(make(kind, path, found.get(), given)) : Optional.empty();
  }

  /**
   * A plugin's description of itself.
   *
   * @param board the source of a board generated for it
   */
  private record Described(String name, String board) {}

  private static <T> Described describe(Kind<T> kind, FoundPlugin<T> plugin) {
    try {
      T specimen = plugin.get();
      String name = kind.service().naming().apply(specimen);
      return new Described(
          Objects.requireNonNull(name, "its name is null"), kind.made().apply(specimen));
    } catch (RuntimeException | Error unusable) {
      Throwable why = Objects.requireNonNullElse(unusable.getCause(), unusable);
      throw new IllegalArgumentException(
          "plugin %s cannot be used: %s".formatted(plugin, why), unusable);
    }
  }

  private static <T> ContractsOfClass make(
      Kind<T> kind, PluginPath path, FoundPlugin<T> plugin, Given given) throws BoardException {
    Service<T> service = kind.service();
    Described described = path.during(() -> describe(kind, plugin));
    Board board =
        given.board().isPresent()
            ? given.board().get()
            : Board.parse(plugin.type() + ".dts", described.board());
    Subject subject = Subject.on(path, service.type(), service.naming(), plugin, board);
    String name = described.name();
    List<Contract> contracts = new ArrayList<>();
    for (Factory factory : kind.factories()) {
      contracts.addAll(make(factory, subject, name, given));
    }
    if (contracts.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %s has nothing of it that could be tested: give a board that has, with --board"
              .formatted(plugin.type(), board.name()));
    }
    return new ContractsOfClass(subject, contracts, kind.use().of(name, given), path);
  }

  private static List<Contract> make(Factory factory, Subject subject, String name, Given given)
      throws BoardException {
    try {
      return factory.make(subject, name, given);
    } catch (IllegalArgumentException nothing) {
      return List.of();
    }
  }
}
