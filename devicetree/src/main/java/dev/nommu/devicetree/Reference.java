package dev.nommu.devicetree;

/**
 * What source says to mean a node: {@code &label} or {@code &{/path}}.
 *
 * @param target the label, or the path, which starts with a slash
 * @param location where it stands
 */
record Reference(String target, Location.Line location) {
  boolean isPath() {
    return target.startsWith("/");
  }

  /** Returns the reference as it is written. */
  @Override
  public String toString() {
    return isPath() ? "&{" + target + "}" : "&" + target;
  }
}
