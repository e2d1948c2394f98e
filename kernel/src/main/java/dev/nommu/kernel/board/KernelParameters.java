package dev.nommu.kernel.board;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The kernel's command line: blanks between parameters, double quotes around blanks, '-' and '_'
 * the same in names.
 *
 * @param line the whole line
 */
public record KernelParameters(String line) {
  private static final Pattern PARAMETER = Pattern.compile("([^\\s=\"]+)(?:=(\"[^\"]*\"|\\S*))?");

  /** Returns the values given to a parameter, in order; an empty one where there is no '='. */
  public List<String> values(String name) {
    return PARAMETER
        .matcher(line)
        .results()
        .filter(found -> canonical(found.group(1)).equals(canonical(name)))
        .map(KernelParameters::value)
        .toList();
  }

  private static String value(MatchResult found) {
    String value = found.group(2);
    return value == null ? "" : value.replace("\"", "");
  }

  private static String canonical(String name) {
    return name.replace('-', '_');
  }
}
