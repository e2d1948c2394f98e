package dev.nommu.kernel.path;

import java.util.function.Supplier;

/**
 * A plugin that was found. One that is listed but cannot be loaded is found, too: {@link #get}
 * throws the reason. Several threads may create instances at once.
 *
 * @param <T> the service it implements
 * @param type its class; if it cannot be loaded, "of" and the service
 * @param from the jar or folder it was added with; empty if it is on the kernel's path
 * @param maker creates an instance, or throws the reason why it cannot
 */
public record FoundPlugin<T>(String type, String from, Supplier<? extends T> maker)
    implements Supplier<T> {
  /** Returns a new instance, or throws the reason why it cannot be created. */
  @Override
  public T get() {
    return maker.get();
  }

  /** Returns its class and, if it was added, where it comes from. */
  @Override
  public String toString() {
    return from.isEmpty() ? type : type + " (" + from + ")";
  }
}
