package dev.nommu.kernel.parts;

import com.google.inject.Provider;
import dev.nommu.kernel.path.FoundPlugin;

/**
 * Creates an instance of a plugin for each machine.
 *
 * @param found the plugin found
 */
record PluginProvider<T>(FoundPlugin<T> found) implements Provider<T> {
  @Override
  public T get() {
    return found.get();
  }
}
