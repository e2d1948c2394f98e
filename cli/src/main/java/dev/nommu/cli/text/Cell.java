package dev.nommu.cli.text;

/**
 * A text in a column.
 *
 * @param text without newlines
 * @param colour its colour
 */
public record Cell(String text, Colour colour) {
  /** Returns a cell without a colour. */
  public static Cell of(String text) {
    return new Cell(text, Colour.PLAIN);
  }
}
