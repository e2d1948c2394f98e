package dev.nommu.kernel.parts;

import com.google.inject.ProvisionException;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;

/**
 * Creates one plugin for each machine. May be called concurrently.
 *
 * @param what the plugin's class, or where it was bound
 * @param maker creates it
 */
public record PluginSource<T>(String what, Supplier<T> maker) {
  /**
   * Returns a plugin for one machine.
   *
   * @throws UnusablePluginException if its constructor or provider threw an exception
   */
  public T make() throws UnusablePluginException {
    try {
      return Objects.requireNonNull(maker.get(), "its provider returned null");
    } catch (ProvisionException | ServiceConfigurationError wrapper) {
      throw new UnusablePluginException(
          what, Optional.ofNullable(wrapper.getCause()).orElse(wrapper));
    } catch (RuntimeException | Error fault) {
      throw new UnusablePluginException(what, fault);
    }
  }
}
