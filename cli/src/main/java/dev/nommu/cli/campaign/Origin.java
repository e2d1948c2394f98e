package dev.nommu.cli.campaign;

import com.google.gson.Gson;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The origin of a campaign's plugins, as stored in its plan.
 *
 * @param places jars and folders to test; if empty, nommu's own plugins
 * @param others jars and folders that they need
 * @param board device tree source of the board; empty to generate one for each
 * @param directory the directory against which the board's relative file names are resolved
 */
record Origin(List<String> places, List<String> others, String board, String directory) {
  /** Takes immutable copies. */
  Origin {
    places = List.copyOf(places);
    others = List.copyOf(others);
    Objects.requireNonNull(board, "board");
    Objects.requireNonNull(directory, "directory");
  }

  /**
   * Parses the output of {@link #toString}. Gson wraps exceptions that the constructor throws in a
   * RuntimeException.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  static Origin parse(String text) {
    try {
      return Objects.requireNonNull(new Gson().fromJson(text, Origin.class));
    } catch (RuntimeException malformed) {
      throw new IllegalArgumentException("not made by 'nommu campaign'", malformed);
    }
  }

  /** Returns all places. */
  List<String> all() {
    return Stream.concat(places.stream(), others.stream()).toList();
  }

  /** Returns the same with other places, those to test first. */
  Origin at(List<String> elsewhere) {
    int tested = Math.min(places.size(), elsewhere.size());
    return new Origin(
        elsewhere.subList(0, tested),
        elsewhere.subList(tested, elsewhere.size()),
        board,
        directory);
  }

  /** Returns it as JSON. */
  @Override
  public String toString() {
    return new Gson().toJson(this);
  }
}
