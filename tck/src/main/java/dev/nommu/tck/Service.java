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
 * @param <T> what one implements
 * @param type the class of what one implements
 * @param naming returns what one is called
 */
public record Service<T>(Class<T> type, Function<T, String> naming) {
  /** Those of the API; a driver with plugins of its own has a service besides. */
  public static final List<Service<?>> OF_API =
      List.of(
          new Service<>(DeviceDriver.class, DeviceDriver::name),
          new Service<>(FileSystemType.class, FileSystemType::name),
          new Service<>(BinaryFormat.class, BinaryFormat::name));

  /**
   * Returns a path on which a plugin that was added takes the place of the one of the same class
   * that the kernel's own path has: a jar of nommu itself can be tested.
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

  /** Returns the plugin of a class, if there is one. */
  public Optional<FoundPlugin<T>> find(PluginPath path, String className) {
    return path.find(type).stream().filter(found -> found.type().equals(className)).findFirst();
  }

  /** Returns the plugin of a class on a board, if there is one. */
  public Optional<Subject> subject(PluginPath path, String className, Board board) {
    return find(path, className).map(found -> Subject.on(path, type, naming, found, board));
  }
}
