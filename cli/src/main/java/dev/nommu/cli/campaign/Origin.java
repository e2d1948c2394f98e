package dev.nommu.cli.campaign;

import com.google.gson.Gson;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where the plugins of a campaign come from, as it stands in its plan.
 *
 * @param places jars and folders that are tested; without one, nommu's own plugins are
 * @param others jars and folders that are beside them
 * @param board device tree source of the board; empty if each has one that is made
 * @param directory from where the board means relative names of files
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
   * Reads what {@link #toString} wrote. Whatever the constructor throws, Gson throws as a
   * RuntimeException.
   *
   * @throws IllegalArgumentException if it is something else
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

  /** Returns the same with its places elsewhere, those that are tested first. */
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
