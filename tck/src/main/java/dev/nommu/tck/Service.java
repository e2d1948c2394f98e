package dev.nommu.tck;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of plugin that can be tested.
 *
 * @param type what one implements
 * @param naming returns what one is called
 */
public record Service<T>(Class<T> type, Function<T, String> naming) {
  /** Those of the API; a driver with plugins of its own has a service besides. */
  public static final List<Service<?>> OF_API =
      List.of(
          new Service<>(DeviceDriver.class, DeviceDriver::name),
          new Service<>(FileSystemType.class, FileSystemType::name),
          new Service<>(BinaryFormat.class, BinaryFormat::name));

  /** Returns the plugin of a class, if there is one. */
  public Optional<FoundPlugin<T>> find(PluginPath path, String className) {
    return path.find(type).stream().filter(found -> found.type().equals(className)).findFirst();
  }

  /** Returns the plugin of a class on a board, if there is one. */
  public Optional<Subject> subject(PluginPath path, String className, Board board) {
    return find(path, className).map(found -> Subject.on(path, type, naming, found, board));
  }
}
