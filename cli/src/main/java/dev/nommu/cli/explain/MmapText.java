package dev.nommu.cli.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call of {@code mmap} as a user writes it: in the notation of scenarios, except that the file
 * may also be a quoted path or a call of {@code open}.
 */
final class MmapText {
  private static final Pattern START = Pattern.compile("\\bmmap\\s*\\(");
  private static final int INDEX_OF_FILE = 4;

  /** No longer than the shortest path, so that the text after it keeps its column. */
  private static final String VARIABLE = "_f";

  private final String text;
  private final Optional<Span> file;

  private MmapText(String text, Optional<Span> file) {
    this.text = text;
    this.file = file;
  }

  /** A part of the text, trimmed. */
  private record Span(int start, int end) {
    String of(String text) {
      return text.substring(start, end);
    }
  }

  /** Parses a text, which need not be a correct call. */
  static MmapText of(String text) {
    String line = text.replaceAll("\\s", " ");
    return new MmapText(line, file(line));
  }

  private static Optional<Span> file(String line) {
    Matcher start = START.matcher(line);
    if (!start.find()) {
      return Optional.empty();
    }
    List<Span> arguments = arguments(line, start.end());
    return arguments.size() <= INDEX_OF_FILE
        ? Optional.empty()
        : Optional.of(arguments.get(INDEX_OF_FILE))
            .filter(span -> span.of(line).matches("\".*|open\\b.*"));
  }

  private static List<Span> arguments(String line, int from) {
    List<Span> arguments = new ArrayList<>();
    int start = from;
    int depth = 0;
    for (int at = from; at < line.length() && depth >= 0; at++) {
      char c = line.charAt(at);
      switch (c) {
        case '"' -> at = endOfText(line, at);
        case '(' -> depth++;
        case ')' -> depth--;
        default -> {}
      }
      if ((c == ',' && depth == 0) || depth < 0) {
        arguments.add(stripped(line, start, at));
        start = at + 1;
      }
    }
    return arguments;
  }

  private static int endOfText(String line, int quote) {
    int at = quote + 1;
    while (at < line.length() && line.charAt(at) != '"') {
      at += line.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, line.length() - 1);
  }

  private static Span stripped(String line, int start, int end) {
    int from = start;
    while (from < end && line.charAt(from) == ' ') {
      from++;
    }
    int to = end;
    while (to > from && line.charAt(to - 1) == ' ') {
      to--;
    }
    return new Span(from, to);
  }

  /** Returns the call as it was written, on one line. */
  String text() {
    return text;
  }

  /** Returns the quoted path, with its escapes, if the file is given as one. */
  Optional<String> path() {
    return file.map(span -> span.of(text)).filter(argument -> argument.startsWith("\""));
  }

  /**
   * Returns a scenario that opens the file, if needed, and makes the call. Everything keeps its
   * column.
   *
   * @param flags for opening a path
   */
  String scenario(String flags) {
    if (file.isEmpty()) {
      return text;
    }
    Span span = file.get();
    String argument = span.of(text);
    String open = argument.startsWith("\"") ? "open(" : "";
    String close = open.isEmpty() ? "" : ", " + flags + ")";
    String before = VARIABLE + " = " + open;
    String blanks = " ".repeat(Math.max(0, span.start() - before.length()));
    String variable = VARIABLE + " ".repeat(argument.length() - VARIABLE.length());
    return blanks
        + before
        + argument
        + close
        + "\n"
        + text.substring(0, span.start())
        + variable
        + text.substring(span.end());
  }

  /** Returns the step that opens the file as a user would write it. */
  static String withoutVariable(String step) {
    return step.replaceFirst("^" + VARIABLE + " = ", "");
  }
}
