package dev.nommu.cli.text;

/** The colour of a text on a terminal. */
public enum Colour {
  /** The terminal's default. */
  PLAIN(""),
  /** A heading. */
  STRONG("1"),
  /** Less important. */
  FAINT("2"),
  /** The best outcome. */
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
