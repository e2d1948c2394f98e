package dev.nommu.kernel.parts;

import com.google.inject.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Spliterator;
import java.util.function.Supplier;

/**
 * A plugin that was found as a service, made anew for each machine. One that is listed and cannot
 * be loaded is there all the same: whoever asks for it learns why.
 *
 * @param what its class; for one that cannot be loaded, the service
 * @param maker makes it
 */
record FoundPlugin<T>(String what, Supplier<? extends T> maker) implements Provider<T> {
  /** Returns all plugins of a kind in the order in which they are found. */
  static <T> List<FoundPlugin<T>> find(Class<T> kind, Services services) {
    List<FoundPlugin<T>> found = new ArrayList<>();
    Spliterator<ServiceLoader.Provider<T>> left = services.of(kind).stream().spliterator();
    String failure = "";
    boolean more = true;
    while (more) {
      try {
        more = left.tryAdvance(each -> found.add(new FoundPlugin<>(each.type().getName(), each)));
      } catch (ServiceConfigurationError | LinkageError broken) {
        more = !failure.equals(broken.toString()); // the same again: the loader does not go on
        failure = broken.toString();
        found.add(
            new FoundPlugin<>(
                "of " + kind.getName(),
                () -> {
                  throw broken;
                }));
      }
    }
    return found;
  }

  /** Returns the same for whoever does not know Guice. */
  PluginSource<T> source() {
    return new PluginSource<>(what, maker::get);
  }

  @Override
  public T get() {
    return maker.get();
  }
}
