package dev.nommu.cli.check;

import dev.nommu.api.BinaryFormat;
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
import dev.nommu.tck.device.Registers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds the contracts that a plugin's class has to keep. */
final class ContractsOfClass {
  /** The services that have a contract. */
  private static final List<Class<?>> SERVICES =
      List.of(
          DeviceDriver.class,
          FrameBufferDeviceDriver.class,
          FileSystemType.class,
          BinaryFormat.class);

  private final PluginPath path;
  private final Optional<Path> board;

  private ContractsOfClass(PluginPath path, Optional<Path> board) {
    this.path = path;
    this.board = board;
  }

  /** Returns the classes of a place that have a contract, in the order in which they are found. */
  static List<String> classes(PluginPath path, Path place) {
    return SERVICES.stream()
        .flatMap(service -> path.find(service).stream())
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
  static List<Contract> find(PluginPath path, String type, Optional<Path> board)
      throws BoardException {
    return new ContractsOfClass(path, board).of(type);
  }

  private List<Contract> of(String type) throws BoardException {
    Optional<FoundPlugin<DeviceDriver>> driver = found(DeviceDriver.class, type);
    if (driver.isPresent()) {
      return drivers(driver.get());
    }
    throw new IllegalArgumentException(type + ": there is no contract of its kind");
  }

  private <T> Optional<FoundPlugin<T>> found(Class<T> service, String type) {
    return path.find(service).stream().filter(plugin -> plugin.type().equals(type)).findFirst();
  }

  private Board board(String made, String type) throws BoardException {
    return board.isPresent() ? Board.read(board.get()) : Board.parse(type, made);
  }

  private interface Factory {
    List<Contract> make(Subject subject) throws BoardException;
  }

  /** A factory refuses a driver that has nothing of its kind. */
  private static List<Contract> made(Factory factory, Subject subject) throws BoardException {
    try {
      return factory.make(subject);
    } catch (IllegalArgumentException nothing) {
      return List.of();
    }
  }

  private List<Contract> drivers(FoundPlugin<DeviceDriver> driver) throws BoardException {
    Collection<String> compatible = path.during(() -> driver.get().compatible());
    Board used = board(MadeBoard.of(compatible), driver.type());
    Subject subject = Subject.on(path, DeviceDriver.class, DeviceDriver::name, driver, used);
    List<Contract> contracts = new ArrayList<>();
    for (Factory factory :
        List.<Factory>of(CharacterDevices::of, BlockDevices::of, Registers::of)) {
      contracts.addAll(made(factory, subject));
    }
    if (contracts.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: with %s it registers no device: give a board that has one"
              .formatted(driver.type(), used.name()));
    }
    return contracts;
  }
}
