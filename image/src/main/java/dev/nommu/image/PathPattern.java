package dev.nommu.image;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for names in a tree, as for {@code genromfs -A} and {@code -x}. It is matched as by
 * {@code fnmatch(3)} with FNM_PATHNAME and FNM_PERIOD: a wildcard matches neither a slash nor a
 * period that begins a name.
 */
public final class PathPattern {
  private static final Pattern TOKEN =
      Pattern.compile("\\[[!^]?]?(?:\\[:\\w+:]|[^]])*]|\\\\.|.", Pattern.DOTALL);
  private static final Pattern BRACKET_TOKEN =
      Pattern.compile("\\[:(?<class>\\w+):]|\\\\?(?<one>.)", Pattern.DOTALL);

  private final String text;
  private final Pattern regex;

  private PathPattern(String text, Pattern regex) {
    this.text = text;
    this.regex = regex;
  }

  /**
   * Returns the pattern of this text. One that begins with a slash is compared with whole paths,
   * any other with the last name of a path.
   *
   * @throws IllegalArgumentException if a range or character class in it is invalid
   */
  public static PathPattern of(String text) {
    try {
      return new PathPattern(text, Pattern.compile(regex(text), Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "pattern \"%s\": expected a file name pattern, found a %s"
              .formatted(text, e.getDescription()),
          e);
    }
  }

  /** Returns whether the pattern matches a path such as {@code "/etc/passwd"}. */
  public boolean matches(String path) {
    String subject = text.startsWith("/") ? path : path.substring(path.lastIndexOf('/') + 1);
    return regex.matcher(subject).matches();
  }

  /** Returns the text of the pattern. */
  @Override
  public String toString() {
    return text;
  }

  private static String regex(String text) {
    StringBuilder regex = new StringBuilder();
    Matcher token = TOKEN.matcher(text);
    for (String before = "/"; token.find(); before = token.group()) {
      String period = before.equals("/") ? "(?!\\.)" : "";
      regex.append(
          switch (token.group()) {
            case "*" -> period + "[^/]*";
            case "?" -> period + "[^/]";
            case String bracket when bracket.startsWith("[") && bracket.length() > 1 ->
                period + "(?!/)" + bracket(bracket.substring(1, bracket.length() - 1));
            case String escaped when escaped.length() > 1 -> Pattern.quote(escaped.substring(1));
            case String literal -> Pattern.quote(literal);
          });
    }
    return regex.toString();
  }

  private static String bracket(String body) {
    boolean negated = body.startsWith("!") || body.startsWith("^");
    String members =
        BRACKET_TOKEN
            .matcher(negated ? body.substring(1) : body)
            .replaceAll(token -> Matcher.quoteReplacement(member(token.group())));
    return (negated ? "[^" : "[") + members + "]";
  }

  private static String member(String token) {
    if (token.length() > 2) {
      return "\\p{" + javaName(token.substring(2, token.length() - 2)) + "}";
    }
    char last = token.charAt(token.length() - 1);
    boolean plain = Character.isLetterOrDigit(last) || token.equals("-");
    return plain ? String.valueOf(last) : "\\" + last;
  }

  private static String javaName(String posixClass) {
    return posixClass.equals("xdigit")
        ? "XDigit"
        : posixClass.substring(0, 1).toUpperCase(Locale.ROOT) + posixClass.substring(1);
  }
}
