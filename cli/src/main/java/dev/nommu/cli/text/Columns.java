package dev.nommu.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Lays out cells in columns of minimal width, two blanks apart. */
public final class Columns {
  private static final String GAP = "  ";

  private Columns() {}

  /**
   * Returns the lines, without trailing blanks.
   *
   * @param rows from left to right; may differ in length
   */
  public static List<String> lay(List<List<Cell>> rows, Palette palette) {
    List<Integer> widths = widths(rows);
    return rows.stream().map(row -> line(row, widths, palette)).toList();
  }

  private static List<Integer> widths(List<List<Cell>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (List<Cell> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = row.get(i).text().length();
        if (i == widths.size()) {
          widths.add(width);
        }
        widths.set(i, Math.max(width, widths.get(i)));
      }
    }
    return widths;
  }

  private static String line(List<Cell> row, List<Integer> widths, Palette palette) {
    StringBuilder line = new StringBuilder();
    int blanks = 0;
    for (int i = 0; i < row.size(); i++) {
      Cell cell = row.get(i);
      if (!cell.text().isEmpty()) {
        line.append(" ".repeat(blanks)).append(palette.paint(cell.colour(), cell.text()));
        blanks = 0;
      }
      blanks += widths.get(i) - cell.text().length() + GAP.length();
    }
    return line.toString();
  }
}
