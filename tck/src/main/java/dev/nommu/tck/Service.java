package dev.nommu.tck;

import dev.nommu.api.BinaryFormat;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A kind of plugin that can be tested.
 *
 * @param <T> the type that plugins implement
 * @param type the class of that type
 * @param naming returns the name of a plugin
 */
public record Service<T>(Class<T> type, Function<T, String> naming) {
  /** The services of the API; a driver with its own plugins adds another. */
  public static final List<Service<?>> OF_API =
      List.of(
          new Service<>(DeviceDriver.class, DeviceDriver::name),
          new Service<>(FileSystemType.class, FileSystemType::name),
          new Service<>(BinaryFormat.class, BinaryFormat::name));

  /**
   * Returns a path on which an added plugin replaces the kernel's plugin of the same class, so that
   * nommu's own jars can be tested.
   *
   * @param services the kinds of plugins
   */
  public static PluginPath replacing(PluginPath path, List<Service<?>> services) {
    PluginPath replaced = path;
    for (Service<?> service : services) {
      replaced = service.replacing(replaced);
    }
    return replaced;
  }

  private PluginPath replacing(PluginPath path) {
    List<FoundPlugin<T>> all = path.find(type);
    Set<String> added =
        all.stream()
            .filter(found -> !found.from().isEmpty())
            .map(FoundPlugin::type)
            .collect(Collectors.toSet());
    return path.with(
        type,
        all.stream()
            .filter(found -> !found.from().isEmpty() || !added.contains(found.type()))
            .toList());
  }

  /** Returns the plugin of a class, if it exists. */
  public Optional<FoundPlugin<T>> find(PluginPath path, String className) {
    return path.find(type).stream().filter(found -> found.type().equals(className)).findFirst();
  }

  /** Returns the plugin of a class on a board, if it exists. */
  public Optional<Subject> subject(PluginPath path, String className, Board board) {
    return find(path, className).map(found -> Subject.on(path, type, naming, found, board));
  }
}
