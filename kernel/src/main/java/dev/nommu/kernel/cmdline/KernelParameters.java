package dev.nommu.kernel.cmdline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

  /**
   * Returns the values given to the parameters whose names begin with a prefix, by the rest of the
   * name; in order.
   */
  public Map<String, List<String>> below(String prefix) {
    return PARAMETER
        .matcher(line)
        .results()
        .filter(found -> found.group(1).startsWith(prefix))
        .collect(
            Collectors.groupingBy(
                found -> found.group(1).substring(prefix.length()),
                LinkedHashMap::new,
                Collectors.mapping(KernelParameters::value, Collectors.toList())));
  }

  private static String value(MatchResult found) {
    String value = found.group(2);
    return value == null ? "" : value.replace("\"", "");
  }

  private static String canonical(String name) {
    return name.replace('-', '_');
  }
}
