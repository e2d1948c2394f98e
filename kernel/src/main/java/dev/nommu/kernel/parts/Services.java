package dev.nommu.kernel.parts;

import java.util.ServiceLoader;

/** Where plugins are looked for. */
@FunctionalInterface
public interface Services {
  /** Returns the providers of a service. */
  <T> ServiceLoader<T> of(Class<T> service);

  /** Looks where this kernel's own classes come from: the module path and the class path. */
  static Services onPath() {
    return in(Services.class.getClassLoader());
  }

  /** Looks where a class loader and its parents find classes. */
  static Services in(ClassLoader loader) {
    return new Services() {
      @Override
      public <T> ServiceLoader<T> of(Class<T> service) {
        return ServiceLoader.load(service, loader);
      }
    };
  }

  /** Looks in the modules of a layer and of its parents. */
  static Services in(ModuleLayer layer) {
    return new Services() {
      @Override
      public <T> ServiceLoader<T> of(Class<T> service) {
        return ServiceLoader.load(layer, service);
      }
    };
  }
}
