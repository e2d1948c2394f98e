package dev.nommu.cli.matrix;

import dev.nommu.cli.text.Palette;
import java.util.List;
import java.util.Locale;

/** The forms in which a matrix is written. */
enum Layout {
  /** For people at a terminal. */
  TEXT,
  /** For a page of documentation. */
  MARKDOWN,
  /** For programs and spreadsheets: one line a trial, as in RFC 4180 but with newlines. */
  CSV;

  /**
   * Returns the lines.
   *
   * @param setting the test setup, such as board and profile
   * @param palette used by {@link #TEXT} only
   */
  public List<String> write(Matrix matrix, String setting, Palette palette) {
    return switch (this) {
      case TEXT -> new TextLayout(palette).write(matrix, setting);
      case MARKDOWN -> MarkdownLayout.write(matrix, setting);
      case CSV -> CsvLayout.write(matrix);
    };
  }

  /** Returns its name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
