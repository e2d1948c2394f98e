package dev.nommu.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of {@code docs/RULES.md} as data, for programs not written in Java: {@code
 * docs/rules.json}. Run this in the project's directory to regenerate that file:
 *
 * <pre>java architecture/src/test/java/dev/nommu/architecture/RulesJson.java</pre>
 */
public final class RulesJson {
  private static final Path BOOK = Path.of("docs/RULES.md");
  private static final Path FILE = Path.of("docs/rules.json");

  private static final Pattern RULE =
      Pattern.compile("### (?<number>[A-Z]+-\\d+[a-z]?)\n\n(?<sentence>(?:.+\n)+)(?<rest>(?s:.*))");
  private static final Pattern FIELD =
      Pattern.compile(
          "(?m)^- (intent|document|errno|profiles|note|declined|no test): (.*(?:\n  (?! *- ).*)*)");
  private static final Pattern OF_PROFILE =
      Pattern.compile("`(document|linux-6[.]12)`: (.*?)(?= `(?:document|linux-6[.]12)`: |$)");
  private static final Pattern ERRNO = Pattern.compile("\\bE[A-Z0-9]+\\b");
  private static final Pattern TEST = Pattern.compile("(?m)`[\\w#]+_\\w+`");
  private static final Pattern SPECIAL = Pattern.compile("[\"\\\\]");

  private RulesJson() {}

  /**
   * Returns the rules of a book as a JSON object: the version of the format, and each rule with its
   * number and sentence; if present its intent, document, note, and the reason why it is declined
   * or has no test; its errnos, the behaviour of each profile, and the number of its tests. The
   * format is that of {@code docs/rules-schema.json}.
   */
  static String of(String book) {
    return Stream.of(book.split("(?m)^(?=#{2,3} )"))
        .map(RULE::matcher)
        .filter(Matcher::matches)
        .map(RulesJson::rule)
        .collect(Collectors.joining(",\n", "{\n\"version\": 2,\n\"rules\": [\n", "\n]\n}\n"));
  }

  private static String rule(MatchResult rule) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("number", string(rule.group("number")));
    members.put("sentence", string(rule.group("sentence").strip().replace('\n', ' ')));
    FIELD
        .matcher(rule.group("rest"))
        .results()
        .forEach(field ->
            members.put(
                field.group(1).replace("no test", "noTest"), string(joined(field.group(2)))));
    members.computeIfPresent("errno", (name, text) -> errnos(text));
    members.computeIfPresent("profiles", (name, text) -> profiles(text));
    members.put("tests", String.valueOf(TEST.matcher(rule.group("rest")).results().count()));
    return members.entrySet().stream()
        .map(member -> string(member.getKey()) + ": " + member.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String joined(String lines) {
    return lines.replaceAll("\n *", " ");
  }

  /** Returns the behaviour of each profile for a rule, or the text about the profiles. */
  private static String profiles(String string) {
    String text = string.substring(1, string.length() - 1);
    if (!text.matches("`[^`]+`: .*")) {
      return "{" + string("text") + ": " + string + "}";
    }
    return OF_PROFILE
        .matcher(text)
        .results()
        .map(each -> string(each.group(1)) + ": \"" + each.group(2) + "\"")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String errnos(String text) {
    return ERRNO
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .distinct()
        .map(RulesJson::string)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Returns a JSON string; the book has no control characters within a line. */
  private static String string(String text) {
    return '"' + SPECIAL.matcher(text).replaceAll("\\\\$0") + '"';
  }

  /** Writes the file in the current directory. */
  public static void main(String[] none) throws IOException {
    Files.writeString(FILE, of(Files.readString(BOOK)));
  }
}
