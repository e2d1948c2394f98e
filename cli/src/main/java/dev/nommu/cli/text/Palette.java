package dev.nommu.cli.text;

/** Whether there are colours. */
public enum Palette {
  /** Text only: for a file, a pipe, or NO_COLOR. */
  NONE,
  /** A terminal that understands ANSI control sequences. */
  ANSI;

  /** Returns a text in a colour. */
  public String paint(Colour colour, String text) {
    boolean plain = this == NONE || colour == Colour.PLAIN || text.isEmpty();
    return plain ? text : "\u001b[" + colour.code() + "m" + text + "\u001b[0m";
  }
}
