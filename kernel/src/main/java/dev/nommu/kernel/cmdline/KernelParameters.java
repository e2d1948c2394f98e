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
 * The kernel's command line on one machine: blanks between parameters, double quotes around blanks,
 * '-' and '_' the same in names; what follows {@code --} is for the first program. Remembers what
 * was asked for, so that what nobody heeds can be told. Thread-safe.
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

  /** Reads a line. */
  public KernelParameters(String line) {
    List<Parameter> words = PARAMETER.matcher(line).results().map(Parameter::of).toList();
    this.parameters = words.stream().takeWhile(each -> !each.text.equals(END)).toList();
    this.ofInit =
        words.stream().map(Parameter::text).dropWhile(each -> !each.equals(END)).skip(1).toList();
  }

  /**
   * Returns a line with more parameters, behind those that it has and before {@code --}.
   *
   * @param more such as {@code "root=/dev/vda ro"}
   */
  public static String append(String line, String more) {
    Matcher end = BEFORE_END.matcher(line);
    return end.find()
        ? line.substring(0, end.start()) + " " + more + line.substring(end.start())
        : (line + " " + more).strip();
  }

  /** Returns the words behind {@code --}, which are arguments of the first process. */
  public List<String> ofInit() {
    return ofInit;
  }

  /** Returns the values given to a parameter, in order; an empty one where there is no '='. */
  public List<String> values(String name) {
    asked.add(canonical(name));
    return parameters.stream()
        .filter(parameter -> canonical(parameter.name).equals(canonical(name)))
        .map(Parameter::value)
        .toList();
  }

  /** Returns the last value given to a parameter, which stands for those before it. */
  public Optional<String> last(String name) {
    return values(name).stream().reduce((before, last) -> last);
  }

  /** Returns which of these parameters is given last, or empty if none is. */
  public Optional<String> lastOf(String... names) {
    List<String> wanted = List.of(names);
    wanted.forEach(name -> asked.add(canonical(name)));
    return parameters.stream()
        .map(Parameter::name)
        .filter(wanted::contains)
        .reduce((before, last) -> last);
  }

  /**
   * Returns the values given to the parameters whose names begin with a prefix, by the rest of the
   * name; in order.
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

  /** Notes that a parameter is heeded by somebody who did not ask here. */
  public void heed(String name) {
    asked.add(canonical(name));
  }

  /**
   * Notes that a value of a parameter has no effect, though the parameter is known.
   *
   * @return whether it was not noted before
   */
  public boolean ignore(String name, String value) {
    return ignored.add(new Value(canonical(name), value));
  }

  /** Returns what was given and has no effect, in order, as it stands in the line. */
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

  /** Returns what was given and nobody has asked for, in order, as it stands in the line. */
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
