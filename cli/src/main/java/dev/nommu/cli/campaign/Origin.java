package dev.nommu.cli.campaign;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.util.List;

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
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Origin parse(String text) {
    try {
      return new Gson().fromJson(text, Origin.class);
    } catch (JsonParseException | NullPointerException malformed) {
      throw new IllegalArgumentException("not made by 'nommu campaign'", malformed);
    }
  }

  /** Returns it as JSON. */
  @Override
  public String toString() {
    return new Gson().toJson(this);
  }
}
