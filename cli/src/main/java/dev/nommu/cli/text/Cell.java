package dev.nommu.cli.text;

/**
 * A text in a column.
 *
 * @param text without line ends
 * @param colour how it looks
 */
public record Cell(String text, Colour colour) {
  /** Returns a cell without a colour. */
  public static Cell of(String text) {
    return new Cell(text, Colour.PLAIN);
  }
}
