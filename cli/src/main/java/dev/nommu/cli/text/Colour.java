package dev.nommu.cli.text;

/** How a text looks on a terminal. */
public enum Colour {
  /** As the terminal shows everything. */
  PLAIN(""),
  /** A heading. */
  STRONG("1"),
  /** Less important. */
  FAINT("2"),
  /** As good as it can be. */
  GREEN("32"),
  /** In between. */
  YELLOW("33"),
  /** An error. */
  RED("31");

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  /** Returns the parameter of the control sequence SGR, empty for none. */
  String code() {
    return code;
  }
}
