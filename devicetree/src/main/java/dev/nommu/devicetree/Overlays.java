package dev.nommu.devicetree;

/** The names with a special meaning in overlays. */
final class Overlays {
  static final String CONTENT = "__overlay__";
  static final String TARGET = "target";
  static final String TARGET_PATH = "target-path";
  static final String SYMBOLS = "__symbols__";
  static final String FIXUPS = "__fixups__";
  static final String LOCAL_FIXUPS = "__local_fixups__";

  private Overlays() {}
}
