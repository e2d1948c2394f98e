package dev.nommu.kernel.path;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Predicate;

/**
 * A place where plugins are found.
 *
 * @param name the jar or folder; empty for the kernel's path
 * @param services finds the providers of services, perhaps also those of its parents
 * @param isOwn tests whether a provider's class comes from this place
 * @param opened closed with the place
 */
record Place(String name, Services services, Predicate<Class<?>> isOwn, Closeable opened) {
  private static final Closeable NOTHING = () -> {};

  /** Finds providers of services. */
  interface Services {
    /** Returns the providers of a service that this module uses. */
    <T> ServiceLoader<T> of(Class<T> kind);
  }

  static Place in(ClassLoader loader) {
    return new Place("", of(loader), provider -> true, NOTHING);
  }

  static Place in(ModuleLayer layer) {
    return new Place("", of(layer), provider -> true, NOTHING);
  }

  static Services of(ClassLoader loader) {
    return new Services() {
      @Override
      public <T> ServiceLoader<T> of(Class<T> kind) {
        return ServiceLoader.load(kind, loader);
      }
    };
  }

  static Services of(ModuleLayer layer) {
    return new Services() {
      @Override
      public <T> ServiceLoader<T> of(Class<T> kind) {
        return ServiceLoader.load(layer, kind);
      }
    };
  }

  /**
   * Returns the plugins of a kind, sorted by class name: modules have no order.
   *
   * @param failures the failures so far, here and elsewhere, each of them once
   */
  <T> List<FoundPlugin<T>> find(Class<T> kind, Set<String> failures) {
    List<FoundPlugin<T>> found = new ArrayList<>();
    Spliterator<ServiceLoader.Provider<T>> left = services.of(kind).stream().spliterator();
    boolean more = true;
    while (more) {
      try {
        more = left.tryAdvance(each -> take(each, found));
      } catch (ServiceConfigurationError | LinkageError broken) {
        more = failures.add(broken.toString()); // the same again: the loader is stuck
        if (more) {
          found.add(
              new FoundPlugin<>(
                  "of " + kind.getName(),
                  name,
                  () -> {
                    throw broken;
                  }));
        }
      }
    }
    found.sort(Comparator.comparing(FoundPlugin::type));
    return found;
  }

  private <T> void take(ServiceLoader.Provider<T> provider, List<FoundPlugin<T>> found) {
    if (isOwn.test(provider.type())) {
      found.add(new FoundPlugin<>(provider.type().getName(), name, provider));
    }
  }
}
