package dev.nommu.kernel.path;

import com.google.common.io.Closer;
import dev.nommu.api.PluginFinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the plugins of a kernel are found: on a class path or in a module layer, and in added jars
 * and folders. Each jar or folder is loaded separately, so two of them may carry different versions
 * of a library. Immutable; each place is searched once. Thread-safe.
 *
 * <p>Added jars stay open, because classes are loaded when they are used. A program that adds many,
 * or replaces one with another under the same name, should close the path when the machines booted
 * with it have ended.
 */
public final class PluginPath implements PluginFinder, AutoCloseable {
  private final List<Place> places;

  /** The plugins of kinds that are not taken from the places. */
  private final Map<Class<?>, List<?>> given;

  private final Map<Class<?>, List<?>> found = new ConcurrentHashMap<>();

  private PluginPath(List<Place> places, Map<Class<?>, List<?>> given) {
    this.places = List.copyOf(places);
    this.given = Map.copyOf(given);
  }

  /** Returns the module path and the class path that this class comes from. */
  public static PluginPath standard() {
    return of(PluginPath.class.getClassLoader());
  }

  /** Returns the plugins that a class loader and its parents find. */
  public static PluginPath of(ClassLoader loader) {
    return new PluginPath(List.of(Place.in(loader)), Map.of());
  }

  /** Returns the modules of a layer and of its parents. */
  public static PluginPath of(ModuleLayer layer) {
    return new PluginPath(List.of(Place.in(layer)), Map.of());
  }

  /**
   * Returns the same with one more place. A jar or folder with a module descriptor becomes a module
   * in a new layer, and so do the jars in the same folder; others get a new class loader, which
   * delegates to the kernel's only for classes it does not have. A place is added once.
   *
   * @param place a jar, a folder of classes such as {@code target/classes}, or a folder of jars: a
   *     plugin and its libraries
   * @throws IOException if the place does not exist, is neither a jar nor a folder, lacks a module,
   *     or was built for another version of the API; the message begins with the place
   */
  public PluginPath with(Path place) throws IOException {
    if (added().contains(place.toString())) {
      return this;
    }
    List<Place> all = new ArrayList<>(places);
    all.add(AddedPlace.open(place));
    return new PluginPath(all, given);
  }

  /**
   * Returns the same with other plugins of one kind: a test can leave some out, replace or add
   * them. Places added later contribute no more of this kind.
   *
   * @param kind a service
   * @param plugins the plugins of that kind from now on; see {@link #find}
   */
  public <T> PluginPath with(Class<T> kind, List<FoundPlugin<T>> plugins) {
    Map<Class<?>, List<?>> more = new HashMap<>(given);
    more.put(kind, List.copyOf(plugins));
    return new PluginPath(places, more);
  }

  /**
   * Returns the plugins of a kind, those of the first place first, and those of one place sorted by
   * class name.
   *
   * @param kind a service
   */
  @Override
  @SuppressWarnings("unchecked") // plugins are stored under their kind
  public <T> List<FoundPlugin<T>> find(Class<T> kind) {
    List<?> plugins = given.get(kind);
    return (List<FoundPlugin<T>>)
        (plugins == null ? found.computeIfAbsent(kind, this::search) : plugins);
  }

  /** Uses a service on behalf of a caller, which may be in a module unknown to this one. */
  private <T> List<FoundPlugin<T>> search(Class<T> kind) {
    PluginPath.class.getModule().addReads(kind.getModule()).addUses(kind);
    Set<String> failures = new HashSet<>();
    return places.stream().flatMap(place -> place.find(kind, failures).stream()).toList();
  }

  /**
   * Closes the jars and folders that were added to this path and to those it was derived from.
   * Nothing more is found in them, and classes not yet loaded can no longer be.
   *
   * @throws IOException if one cannot be closed; the others are closed
   */
  @Override
  public void close() throws IOException {
    try (Closer closer = Closer.create()) {
      places.forEach(place -> closer.register(place.opened()));
    }
  }

  /** Returns the jars and folders that were added. */
  public List<String> added() {
    return places.stream().map(Place::name).filter(name -> !name.isEmpty()).toList();
  }
}
