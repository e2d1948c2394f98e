package dev.nommu.nio;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Turns a glob of {@link java.nio.file.FileSystem#getPathMatcher} into a regular expression. */
final class Globs {
  private static final String SPECIAL_IN_REGEX = ".^$+{[]|()";
  private static final char END = 0;

  private final String glob;
  private final StringBuilder regex = new StringBuilder();
  private int at;
  private boolean inGroup;

  private Globs(String glob) {
    this.glob = glob;
  }

  /**
   * Returns the pattern of a glob.
   *
   * @throws PatternSyntaxException if it is invalid
   */
  static Pattern toPattern(String glob) {
    Globs translation = new Globs(glob);
    while (translation.at < glob.length()) {
      translation.translate(translation.take());
    }
    if (translation.inGroup) {
      throw translation.wrong("Missing '}'");
    }
    return Pattern.compile(translation.regex.toString(), Pattern.DOTALL);
  }

  private PatternSyntaxException wrong(String why) {
    return new PatternSyntaxException(why, glob, at - 1);
  }

  private char take() {
    return glob.charAt(at++);
  }

  private char peek() {
    return at < glob.length() ? glob.charAt(at) : END;
  }

  private void translate(char character) {
    switch (character) {
      case '\\' -> escaped();
      case '[' -> bracket();
      case '{' -> group();
      case '}' -> regex.append(inGroup ? "))" : "\\}");
      case ',' -> regex.append(inGroup ? ")|(?:" : ",");
      case '*' -> stars();
      case '?' -> regex.append("[^/]");
      default -> literal(character);
    }
    inGroup = character == '{' || (inGroup && character != '}');
  }

  private void literal(char character) {
    if (SPECIAL_IN_REGEX.indexOf(character) >= 0) {
      regex.append('\\');
    }
    regex.append(character);
  }

  private void escaped() {
    if (at == glob.length()) {
      throw wrong("No character to escape");
    }
    char next = take();
    if ("\\[]{}*?".indexOf(next) >= 0 || SPECIAL_IN_REGEX.indexOf(next) >= 0) {
      regex.append('\\');
    }
    regex.append(next);
  }

  private void group() {
    if (inGroup) {
      throw wrong("Cannot nest groups");
    }
    regex.append("(?:(?:");
  }

  private void stars() {
    if (peek() == '*') {
      at++;
      regex.append(".*");
    } else {
      regex.append("[^/]*");
    }
  }

  /** A bracket expression never matches a slash. */
  private void bracket() {
    regex.append("[[^/]&&[");
    if (peek() == '!') {
      at++;
      regex.append('^');
    } else if (peek() == '^') {
      at++;
      regex.append("\\^");
    }
    if (peek() == '-') {
      at++;
      regex.append("\\-");
    }
    inBracket();
    regex.append("]]");
  }

  private void inBracket() {
    char last = END;
    while (at < glob.length()) {
      char character = take();
      if (character == ']') {
        return;
      }
      if (character == '/') {
        throw wrong("Explicit 'name separator' in class");
      }
      last = character == '-' ? range(last) : member(character);
    }
    throw wrong("Missing ']'");
  }

  private char member(char character) {
    if (character == '\\' || character == '[' || character == '&' || character == '^') {
      regex.append('\\');
    }
    regex.append(character);
    return character;
  }

  private char range(char first) {
    if (peek() == ']' || peek() == END) {
      regex.append("\\-");
      return END;
    }
    if (first == END || peek() < first) {
      throw wrong("Invalid range");
    }
    regex.append('-');
    member(take());
    return END;
  }
}
