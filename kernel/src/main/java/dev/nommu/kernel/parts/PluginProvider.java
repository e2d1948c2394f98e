package dev.nommu.kernel.parts;

import com.google.inject.Provider;
import dev.nommu.kernel.path.FoundPlugin;

/**
 * Makes a plugin that was found, for each machine.
 *
 * @param found the plugin
 */
record PluginProvider<T>(FoundPlugin<T> found) implements Provider<T> {
  @Override
  public T get() {
    return found.get();
  }
}
