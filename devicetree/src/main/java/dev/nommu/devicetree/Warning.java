package dev.nommu.devicetree;

/**
 * Something in a tree that can be read but was hardly meant.
 *
 * @param location where it stands
 * @param message a sentence for a person: which node, what was expected, what was found
 */
public record Warning(Location location, String message) {
  /** Returns {@code location: warning: message}, as compilers write it. */
  @Override
  public String toString() {
    return "%s: warning: %s".formatted(location, message);
  }
}
