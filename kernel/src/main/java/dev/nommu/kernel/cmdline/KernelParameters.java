package dev.nommu.kernel.cmdline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernel's command line on one machine: parameters are separated by blanks, double quotes
 * enclose blanks, '-' and '_' are equivalent in names; arguments after {@code --} are passed to the
 * first program. Records the parameters queried, so that unknown ones can be reported. Thread-safe.
 */
public final class KernelParameters {
  private static final Pattern PARAMETER = Pattern.compile("([^\\s=\"]+)(?:=(\"[^\"]*\"|\\S*))?");
  private static final String END = "--";
  private static final Pattern BEFORE_END = Pattern.compile("(?:^|\\s)--(?:\\s|$)");

  private final List<Parameter> parameters;
  private final List<String> ofInit;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final Set<Value> ignored = ConcurrentHashMap.newKeySet();

  private record Value(String name, String value) {}

  private record Parameter(String name, String value, String text) {
    static Parameter of(MatchResult found) {
      String value = found.group(2) == null ? "" : found.group(2).replace("\"", "");
      return new Parameter(found.group(1), value, found.group());
    }
  }

  /** Parses a line. */
  public KernelParameters(String line) {
    List<Parameter> words = PARAMETER.matcher(line).results().map(Parameter::of).toList();
    this.parameters = words.stream().takeWhile(each -> !each.text.equals(END)).toList();
    this.ofInit =
        words.stream().map(Parameter::text).dropWhile(each -> !each.equals(END)).skip(1).toList();
  }

  /**
   * Returns a line with more parameters, after its own and before {@code --}.
   *
   * @param more such as {@code "root=/dev/vda ro"}
   */
  public static String append(String line, String more) {
    Matcher end = BEFORE_END.matcher(line);
    return end.find()
        ? line.substring(0, end.start()) + " " + more + line.substring(end.start())
        : (line + " " + more).strip();
  }

  /** Returns the words after {@code --}, which are arguments of the first process. */
  public List<String> ofInit() {
    return ofInit;
  }

  /** Returns the values of a parameter, in order; an empty one where there is no '='. */
  public List<String> values(String name) {
    asked.add(canonical(name));
    return parameters.stream()
        .filter(parameter -> canonical(parameter.name).equals(canonical(name)))
        .map(Parameter::value)
        .toList();
  }

  /** Returns the last value of a parameter, which overrides earlier ones. */
  public Optional<String> last(String name) {
    return values(name).stream().reduce((before, last) -> last);
  }

  /** Returns the one of these parameters that is given last, or empty if none is. */
  public Optional<String> lastOf(String... names) {
    List<String> wanted = List.of(names);
    wanted.forEach(name -> asked.add(canonical(name)));
    return parameters.stream()
        .map(Parameter::name)
        .filter(wanted::contains)
        .reduce((before, last) -> last);
  }

  /**
   * Returns the values of the parameters whose names begin with a prefix, by the rest of the name,
   * in order.
   */
  public Map<String, List<String>> below(String prefix) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (parameter.name.startsWith(prefix)) {
        asked.add(canonical(parameter.name));
        found
            .computeIfAbsent(parameter.name.substring(prefix.length()), rest -> new ArrayList<>())
            .add(parameter.value);
      }
    }
    return found;
  }

  /** Marks a parameter as used by code that does not query it here. */
  public void heed(String name) {
    asked.add(canonical(name));
  }

  /**
   * Records that a value of a parameter has no effect, although the parameter is known.
   *
   * @return whether it was not recorded before
   */
  public boolean ignore(String name, String value) {
    return ignored.add(new Value(canonical(name), value));
  }

  /** Returns the parameters without effect, in order, as written in the line. */
  public List<String> withoutEffect() {
    return parameters.stream()
        .filter(parameter -> !isHeeded(parameter))
        .map(Parameter::text)
        .toList();
  }

  private boolean isHeeded(Parameter parameter) {
    String name = canonical(parameter.name);
    return asked.contains(name) && !ignored.contains(new Value(name, parameter.value));
  }

  /** Returns the parameters that no code has queried, in order, as written in the line. */
  public List<String> unheeded() {
    return parameters.stream()
        .filter(parameter -> !asked.contains(canonical(parameter.name)))
        .map(Parameter::text)
        .toList();
  }

  private static String canonical(String name) {
    return name.replace('-', '_');
  }
}
