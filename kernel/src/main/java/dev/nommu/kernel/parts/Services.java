package dev.nommu.kernel.parts;

import java.util.ServiceLoader;
import java.util.function.Supplier;

/** Where plugins are looked for. */
public abstract class Services {
  private final ClassLoader loader;

  private Services(ClassLoader loader) {
    this.loader = loader;
  }

  /** Looks where this kernel's own classes come from: the module path and the class path. */
  public static Services onPath() {
    return in(Services.class.getClassLoader());
  }

  /** Looks where a class loader and its parents find classes. */
  public static Services in(ClassLoader loader) {
    return new Services(loader) {
      @Override
      <T> ServiceLoader<T> of(Class<T> service) {
        return ServiceLoader.load(service, loader);
      }
    };
  }

  /** Looks in the modules of a layer and of its parents. */
  public static Services in(ModuleLayer layer) {
    return new Services(loader(layer)) {
      @Override
      <T> ServiceLoader<T> of(Class<T> service) {
        return ServiceLoader.load(layer, service);
      }
    };
  }

  /** With any loader of a layer services are found in the whole layer. */
  private static ClassLoader loader(ModuleLayer layer) {
    return layer.modules().stream()
        .map(Module::getClassLoader)
        .findFirst()
        .orElse(Services.class.getClassLoader());
  }

  /** Returns the providers of a service. */
  abstract <T> ServiceLoader<T> of(Class<T> service);

  /**
   * Makes plugins. Meanwhile the thread's context class loader is the one that finds these
   * services: a plugin that has plugins of its own finds those that belong to this kernel.
   */
  <T> T during(Supplier<T> making) {
    Thread thread = Thread.currentThread();
    ClassLoader former = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return making.get();
    } finally {
      thread.setContextClassLoader(former);
    }
  }
}
