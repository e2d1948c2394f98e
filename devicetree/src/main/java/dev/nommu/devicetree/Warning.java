package dev.nommu.devicetree;

/**
 * A probable mistake in a well-formed tree.
 *
 * @param location its location
 * @param message a sentence for the user: the node, what was expected, what was found
 */
public record Warning(Location location, String message) {
  /** Returns {@code location: warning: message}, as compilers write it. */
  @Override
  public String toString() {
    return "%s: warning: %s".formatted(location, message);
  }
}
