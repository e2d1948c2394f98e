package dev.nommu.devicetree;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text of device tree source and the reading position. */
final class SourceText {
  private final Includes.Source source;
  private String shownName;
  private int offset;
  private int line = 1;
  private int column = 1;

  SourceText(Includes.Source source) {
    this.source = source;
    this.shownName = source.name();
  }

  /** Returns the name by which the text is known to {@link Includes}. */
  String name() {
    return source.name();
  }

  /** Returns the location of the next character. */
  Location.Line location() {
    return new Location.Line(shownName, line, column);
  }

  boolean atEnd() {
    return offset == source.text().length();
  }

  /** Returns the next character, or a NUL at the end. */
  char peek() {
    return atEnd() ? 0 : source.text().charAt(offset);
  }

  boolean lookingAt(String text) {
    return source.text().startsWith(text, offset);
  }

  /** Matches at the current position. */
  Matcher lookingAt(Pattern pattern) {
    Matcher matcher = pattern.matcher(source.text()).region(offset, source.text().length());
    matcher.lookingAt();
    return matcher;
  }

  /** Returns whether only blanks precede the next character in its line. */
  boolean atLineStart() {
    int i = offset;
    while (i > 0 && (source.text().charAt(i - 1) == ' ' || source.text().charAt(i - 1) == '\t')) {
      i--;
    }
    return i == 0 || source.text().charAt(i - 1) == '\n';
  }

  /** Reads some characters and returns them. */
  String take(int count) {
    String taken = source.text().substring(offset, offset + count);
    taken.chars().forEach(this::count);
    offset += count;
    return taken;
  }

  private void count(int c) {
    column++;
    if (c == '\n') {
      line++;
      column = 1;
    }
  }

  /** Skips to after the next {@code end}; returns whether there is one. */
  boolean skipPast(String end) {
    int at = source.text().indexOf(end, offset);
    if (at < 0) {
      return false;
    }
    take(at + end.length() - offset);
    return true;
  }

  /**
   * Reads text that ends with the character it starts with, which may be escaped by a backslash
   * inside. Returns the text between; empty, and nothing is read, if there is no end.
   */
  Optional<String> takeQuoted() {
    String text = source.text();
    int i = offset + 1;
    while (i < text.length() && text.charAt(i) != peek()) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    if (i >= text.length()) {
      return Optional.empty();
    }
    String quoted = take(i + 1 - offset);
    return Optional.of(quoted.substring(1, quoted.length() - 1));
  }

  void skipToEnd() {
    take(source.text().length() - offset);
  }

  /** Sets the location of the following text, as a line marker of the preprocessor does. */
  void relocate(String name, int newLine) {
    shownName = name;
    line = newLine;
    column = 1;
  }
}
