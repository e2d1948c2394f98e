package dev.nommu.devicetree;

/**
 * A reference to a node in source: {@code &label}, {@code &{/path}} or, since dtc 1.7, {@code
 * &{label/path}}.
 *
 * @param target the label, the path, which starts with a slash, or a path that starts with a label
 * @param location its location
 */
record Reference(String target, Location.Line location) {
  boolean isPath() {
    return target.startsWith("/");
  }

  /** Returns whether it is a path that starts with a label. */
  boolean isBelowLabel() {
    return target.indexOf('/') > 0;
  }

  /** Returns the reference as written. */
  @Override
  public String toString() {
    return target.indexOf('/') >= 0 ? "&{" + target + "}" : "&" + target;
  }
}
