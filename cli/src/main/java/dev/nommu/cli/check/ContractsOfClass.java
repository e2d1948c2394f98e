package dev.nommu.cli.check;

import dev.nommu.api.DeviceDriver;
import dev.nommu.api.FileSystemType;
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
import dev.nommu.tck.fs.FileSystems;
import dev.nommu.tck.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a plugin's class has to keep.
 *
 * @param subject the plugin on its board
 * @param source of the board, if it is text
 * @param contracts of all that it registers or that is mounted
 */
record ContractsOfClass(Subject subject, Optional<Source> source, List<Contract> contracts) {
  /**
   * What a board was read from.
   *
   * @param text device tree source
   * @param directory from where relative names of files are meant
   */
  record Source(String text, Path directory) {}

  /**
   * A kind of plugin that can be checked.
   *
   * @param made returns the source of a board for one
   * @param factories of its contracts; each refuses one that has nothing of its kind
   */
  private record Kind<T>(Service<T> service, Function<T, String> made, List<Factory> factories) {}

  private interface Factory {
    List<Contract> make(Subject subject, String name) throws BoardException;
  }

  private static final List<Kind<?>> KINDS =
      List.of(
          new Kind<>(
              new Service<>(DeviceDriver.class, DeviceDriver::name),
              driver -> MadeBoard.of(driver.compatible()),
              List.of(
                  (subject, name) -> CharacterDevices.of(subject),
                  (subject, name) -> BlockDevices.of(subject),
                  (subject, name) -> Registers.of(subject),
                  (subject, name) -> Mtds.of(subject))),
          new Kind<>(
              new Service<>(FrameBufferDeviceDriver.class, FrameBufferDeviceDriver::name),
              driver -> MadeBoard.of(driver.compatible()),
              List.of((subject, name) -> FrameBuffers.of(subject))),
          new Kind<>(
              new Service<>(FileSystemType.class, FileSystemType::name),
              FileSystems::boardWithoutStore,
              List.of(FileSystems::of)));

  /**
   * Returns the files by which programs use the plugin: its devices, and files where it is mounted.
   * Devices of a core are known by what has a contract alone.
   *
   * @throws BoardException if the subject does not boot
   */
  List<String> paths() throws BoardException {
    List<String> devices =
        contracts.stream().map(Contract::title).filter(title -> title.startsWith("/")).toList();
    return devices.isEmpty() ? Sessions.paths(subject) : devices.stream().distinct().toList();
  }

  /** Returns the classes of a place that have a contract, in the order in which they are found. */
  static List<String> classes(PluginPath path, Path place) {
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
   * @param board what it is tested on; without it, one is made for it
   * @throws BoardException if the board cannot be booted with it
   * @throws IllegalArgumentException if it is of another kind, or its board has nothing of it
   */
  static ContractsOfClass find(PluginPath path, String type, Optional<Path> board)
      throws BoardException {
    for (Kind<?> kind : KINDS) {
      Optional<ContractsOfClass> found = find(kind, path, type, board);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new IllegalArgumentException(
        type + ": expected a driver, a frame buffer driver or a type of file system");
  }

  private static <T> Optional<ContractsOfClass> find(
      Kind<T> kind, PluginPath path, String type, Optional<Path> board) throws BoardException {
    Optional<FoundPlugin<T>> found = kind.service().find(path, type);
    return found.isPresent() ? Optional.of(make(kind, path, found.get(), board)) : Optional.empty();
  }

  private static <T> ContractsOfClass make(
      Kind<T> kind, PluginPath path, FoundPlugin<T> plugin, Optional<Path> file)
      throws BoardException {
    T specimen = path.during(plugin);
    String made = kind.made().apply(specimen);
    Board board =
        file.isPresent() ? Board.read(file.get()) : Board.parse(plugin.type() + ".dts", made);
    Service<T> service = kind.service();
    Subject subject = Subject.on(path, service.type(), service.naming(), plugin, board);
    List<Contract> contracts = new ArrayList<>();
    for (Factory factory : kind.factories()) {
      contracts.addAll(make(factory, subject, service.naming().apply(specimen)));
    }
    if (contracts.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %s has nothing of it that could be tested: give a board that has, with --board"
              .formatted(plugin.type(), board.name()));
    }
    return new ContractsOfClass(subject, source(file, made), contracts);
  }

  private static List<Contract> make(Factory factory, Subject subject, String name)
      throws BoardException {
    try {
      return factory.make(subject, name);
    } catch (IllegalArgumentException nothing) {
      return List.of();
    }
  }

  /** A compiled device tree is not text. */
  private static Optional<Source> source(Optional<Path> file, String made) {
    try {
      return file.isPresent()
          ? Optional.of(
              new Source(
                  Files.readString(file.get()), file.get().toAbsolutePath().resolveSibling("")))
          : Optional.of(new Source(made, Path.of("")));
    } catch (IOException compiled) {
      return Optional.empty();
    }
  }
}
