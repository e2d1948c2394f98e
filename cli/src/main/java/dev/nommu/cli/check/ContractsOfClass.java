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
import dev.nommu.tck.Subject;
import dev.nommu.tck.device.BlockDevices;
import dev.nommu.tck.device.CharacterDevices;
import dev.nommu.tck.device.FrameBuffers;
import dev.nommu.tck.device.Mtds;
import dev.nommu.tck.device.Registers;
import dev.nommu.tck.fs.FileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a plugin's class has to keep.
 *
 * @param subject the plugin on its board
 * @param source of the board, if it was read from text
 * @param contracts of all that it registers or that is mounted
 */
record ContractsOfClass(Subject subject, Optional<String> source, List<Contract> contracts) {
  /**
   * A kind of plugin that can be checked.
   *
   * @param service what it implements
   * @param naming returns what one calls itself
   * @param made returns the source of a board for one
   * @param factories of its contracts; each refuses one that has nothing of its kind
   */
  private record Kind<T>(
      Class<T> service,
      Function<T, String> naming,
      Function<T, String> made,
      List<Factory> factories) {}

  private interface Factory {
    List<Contract> make(Subject subject, String name) throws BoardException;
  }

  private static final List<Kind<?>> KINDS =
      List.of(
          new Kind<>(
              DeviceDriver.class,
              DeviceDriver::name,
              driver -> MadeBoard.of(driver.compatible()),
              List.of(
                  (subject, name) -> CharacterDevices.of(subject),
                  (subject, name) -> BlockDevices.of(subject),
                  (subject, name) -> Registers.of(subject),
                  (subject, name) -> Mtds.of(subject))),
          new Kind<>(
              FrameBufferDeviceDriver.class,
              FrameBufferDeviceDriver::name,
              driver -> MadeBoard.of(driver.compatible()),
              List.of((subject, name) -> FrameBuffers.of(subject))),
          new Kind<>(
              FileSystemType.class,
              FileSystemType::name,
              FileSystems::boardWithoutStore,
              List.of(FileSystems::of)));

  /** Returns the paths of the devices that have a contract. */
  List<String> paths() {
    return contracts.stream()
        .map(Contract::title)
        .filter(title -> title.startsWith("/"))
        .distinct()
        .toList();
  }

  /** Returns the classes of a place that have a contract, in the order in which they are found. */
  static List<String> classes(PluginPath path, Path place) {
    return KINDS.stream()
        .flatMap(kind -> path.find(kind.service()).stream())
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
   * @throws IllegalArgumentException if there is nothing of which there is a contract
   */
  static ContractsOfClass find(PluginPath path, String type, Optional<Path> board)
      throws BoardException {
    for (Kind<?> kind : KINDS) {
      Optional<ContractsOfClass> found = find(kind, path, type, board);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new IllegalArgumentException(type + ": there is no contract of its kind");
  }

  private static <T> Optional<ContractsOfClass> find(
      Kind<T> kind, PluginPath path, String type, Optional<Path> board) throws BoardException {
    Stream<FoundPlugin<T>> all = path.find(kind.service()).stream();
    Optional<FoundPlugin<T>> found = all.filter(each -> each.type().equals(type)).findFirst();
    return found.isPresent() ? Optional.of(make(kind, path, found.get(), board)) : Optional.empty();
  }

  private static <T> ContractsOfClass make(
      Kind<T> kind, PluginPath path, FoundPlugin<T> plugin, Optional<Path> file)
      throws BoardException {
    T specimen = path.during(plugin);
    String made = kind.made().apply(specimen);
    Board board =
        file.isPresent() ? Board.read(file.get()) : Board.parse(plugin.type() + ".dts", made);
    Subject subject = Subject.on(path, kind.service(), kind.naming(), plugin, board);
    List<Contract> contracts = new ArrayList<>();
    for (Factory factory : kind.factories()) {
      contracts.addAll(make(factory, subject, kind.naming().apply(specimen)));
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

  /** A compiled device tree is no text. */
  private static Optional<String> source(Optional<Path> file, String made) {
    try {
      return file.isPresent() ? Optional.of(Files.readString(file.get())) : Optional.of(made);
    } catch (IOException compiled) {
      return Optional.empty();
    }
  }
}
