package dev.nommu.kernel.path;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes and resources of one plugin and its libraries. It searches them before the
 * kernel's path, so a plugin may carry its own version of a library that the kernel also uses.
 * Packages of nommu, such as the API, come from the kernel even if the plugin's jar contains a
 * copy, except those of the plugin's own modules. Classes of other plugins are not visible.
 */
final class PluginClassLoader extends URLClassLoader {
  private static final String KERNEL = "dev.nommu.";

  static {
    registerAsParallelCapable();
  }

  private final Set<String> packages;

  /**
   * Creates the loader of a plugin.
   *
   * @param packages the packages of its modules
   */
  PluginClassLoader(String name, List<URL> parts, Set<String> packages) {
    super(name, parts.toArray(URL[]::new), PluginClassLoader.class.getClassLoader());
    this.packages = Set.copyOf(packages);
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  /** Returns a resource of a module; all modules here belong to one plugin. */
  @Override
  protected @Nullable URL findResource(@Nullable String module, String name) {
    return findResource(name);
  }

  /** Returns a class of a module; all modules here belong to one plugin. */
  @Override
  protected @Nullable Class<?> findClass(@Nullable String module, String name) {
    try {
      return findClass(name);
    } catch (ClassNotFoundException absent) {
      return null;
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(KERNEL) && !isOfOwnModule(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? ownFirst(name, resolve) : loaded;
    }
  }

  private boolean isOfOwnModule(String name) {
    return packages.contains(name.substring(0, name.lastIndexOf('.')));
  }

  private Class<?> ownFirst(String name, boolean resolve) throws ClassNotFoundException {
    try {
      return findClass(name);
    } catch (ClassNotFoundException notOwn) {
      return super.loadClass(name, resolve);
    }
  }
}
