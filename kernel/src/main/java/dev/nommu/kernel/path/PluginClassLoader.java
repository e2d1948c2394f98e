package dev.nommu.kernel.path;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Loads the classes of one plugin and its libraries: its own before those of the kernel's path, so
 * that it may carry a library of which the kernel has another version. Nobody else's are seen.
 */
final class PluginClassLoader extends URLClassLoader {
  private static final String KERNEL = "dev.nommu.";

  static {
    registerAsParallelCapable();
  }

  PluginClassLoader(String name, List<URL> parts) {
    super(name, parts.toArray(URL[]::new), PluginClassLoader.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(KERNEL)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? ownFirst(name, resolve) : loaded;
    }
  }

  private Class<?> ownFirst(String name, boolean resolve) throws ClassNotFoundException {
    try {
      return findClass(name);
    } catch (ClassNotFoundException notOwn) {
      return super.loadClass(name, resolve);
    }
  }
}
