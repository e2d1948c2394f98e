package dev.nommu.kernel.path;

import java.util.function.Supplier;

/**
 * A plugin that was found. One that is listed and cannot be loaded is there all the same: whoever
 * makes it learns why. May be made by several threads at once.
 *
 * @param <T> what it implements
 * @param type its class; for one that cannot be loaded, "of" and the service
 * @param from the jar or folder it was added with, or empty for one of the kernel's own path
 * @param maker makes a new one, or throws what keeps it from being made
 */
public record FoundPlugin<T>(String type, String from, Supplier<? extends T> maker)
    implements Supplier<T> {
  /** Returns a new one, or throws what keeps it from being made. */
  @Override
  public T get() {
    return maker.get();
  }

  /** Returns its class and, if it was added, where it is from. */
  @Override
  public String toString() {
    return from.isEmpty() ? type : type + " (" + from + ")";
  }
}
