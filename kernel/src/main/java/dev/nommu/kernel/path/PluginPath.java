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
 * Where the plugins of a kernel are found: on a path of classes or in a layer of modules, and in
 * jars and folders besides. Each jar or folder is loaded by itself, so two of them may carry
 * different versions of a library. Immutable; what is in each place is looked for once.
 * Thread-safe.
 *
 * <p>Jars that were added stay open, as classes are loaded when they are used. A program that adds
 * many, or replaces one by another under the same name, should close the path when the machines
 * that were booted with it have ended.
 */
public final class PluginPath implements PluginFinder, AutoCloseable {
  private final List<Place> places;

  /** Of the kinds whose plugins are not those of the places. */
  private final Map<Class<?>, List<?>> given;

  private final Map<Class<?>, List<?>> found = new ConcurrentHashMap<>();

  private PluginPath(List<Place> places, Map<Class<?>, List<?>> given) {
    this.places = List.copyOf(places);
    this.given = Map.copyOf(given);
  }

  /** Returns the module path and the class path this class itself comes from. */
  public static PluginPath standard() {
    return of(PluginPath.class.getClassLoader());
  }

  /** Returns what a class loader and its parents find. */
  public static PluginPath of(ClassLoader loader) {
    return new PluginPath(List.of(Place.in(loader)), Map.of());
  }

  /** Returns the modules of a layer and of its parents. */
  public static PluginPath of(ModuleLayer layer) {
    return new PluginPath(List.of(Place.in(layer)), Map.of());
  }

  /**
   * Returns the same with one more place. A jar or folder that says what module it is becomes one,
   * in a layer of its own, and so do the jars beside it; others get a class loader of their own,
   * which asks that of the kernel only for what it does not have. A place is added once.
   *
   * @param place a jar, a folder of classes as {@code target/classes}, or a folder of jars: a
   *     plugin and its libraries
   * @throws IOException if there is nothing, nothing of the kind, or something that is missing a
   *     module or was made for another version of the API; the message begins with the place
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
   * Returns the same, but for the plugins of a kind: some can be left out, replaced and added, as a
   * test of one wants it. Places that are added afterwards have no more of the kind.
   *
   * @param kind a service
   * @param plugins those of the kind from now on; see {@link #find}
   */
  public <T> PluginPath with(Class<T> kind, List<FoundPlugin<T>> plugins) {
    Map<Class<?>, List<?>> more = new HashMap<>(given);
    more.put(kind, List.copyOf(plugins));
    return new PluginPath(places, more);
  }

  /**
   * Returns the plugins of a kind, those of the first place first, and those of one place by the
   * names of their classes.
   *
   * @param kind a service
   */
  @Override
  @SuppressWarnings("unchecked") // a kind's plugins are put in under the kind
  public <T> List<FoundPlugin<T>> find(Class<T> kind) {
    List<?> plugins = given.get(kind);
    return (List<FoundPlugin<T>>)
        (plugins == null ? found.computeIfAbsent(kind, this::search) : plugins);
  }

  /** Uses a service on behalf of a caller, which may be in a module that this one does not know. */
  private <T> List<FoundPlugin<T>> search(Class<T> kind) {
    PluginPath.class.getModule().addReads(kind.getModule()).addUses(kind);
    Set<String> failures = new HashSet<>();
    return places.stream().flatMap(place -> place.find(kind, failures).stream()).toList();
  }

  /**
   * Closes the jars and folders that were added, to this path and to those that it was made from.
   * Nothing more is found in them, and their classes that are not yet loaded cannot be.
   *
   * @throws IOException if one cannot be closed; the others are
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
