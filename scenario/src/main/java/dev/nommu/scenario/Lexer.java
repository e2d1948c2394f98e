package dev.nommu.scenario;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits one line into tokens. A {@code #} outside quotes ends it. */
final class Lexer {
  private static final Set<String> LONG_SIGNS = Set.of("<<", ">>", "//");
  private static final String SIGNS = "-+*&|~()=,:";
  private static final Pattern OCTAL = Pattern.compile("[0-7]{1,3}");
  private static final Pattern HEX = Pattern.compile("x([0-9A-Fa-f]{1,2})");
  private static final String LETTERS = "ntrabfv\"\\'?";
  private static final String MEANINGS = "\n\t\r\u0007\b\f\u000b\"\\'?";

  private final String source;
  private final int line;
  private final String text;
  private int at;

  /**
   * Creates a lexer for one line.
   *
   * @param source the scenario's name, for errors
   * @param line its number, counted from 1
   */
  Lexer(String source, int line, String text) {
    this.source = source;
    this.line = line;
    this.text = text;
  }

  /** Returns the tokens of the line, the last one being an {@link Token.End}. */
  List<Token> tokens() throws ScenarioException {
    List<Token> tokens = new ArrayList<>();
    skipBlanks();
    while (at < text.length() && text.charAt(at) != '#') {
      tokens.add(text.charAt(at) == '=' && isStep(tokens) ? result() : next());
      skipBlanks();
    }
    tokens.add(new Token.End(at + 1));
    return tokens;
  }

  /** Returns whether tokens are a complete step, so that a result may follow. */
  private static boolean isStep(List<Token> tokens) {
    if (tokens.isEmpty()) {
      return false;
    }
    boolean joins = tokens.size() == 3 && isWord(tokens.getLast(), "join");
    boolean exits = tokens.size() == 3 && isWord(tokens.getLast(), "exit");
    boolean spawns = tokens.size() == 2 && isWord(tokens.getFirst(), "proc");
    return joins || exits || spawns || isCall(tokens);
  }

  private static boolean isCall(List<Token> tokens) {
    long opening = tokens.stream().filter(token -> TokenStream.isSign(token, "(")).count();
    long closing = tokens.stream().filter(token -> TokenStream.isSign(token, ")")).count();
    return opening > 0 && opening == closing && TokenStream.isSign(tokens.getLast(), ")");
  }

  private static boolean isWord(Token token, String name) {
    return token instanceof Token.Word word && word.name().equals(name);
  }

  /** Takes everything up to a comment: only the writer of a result knows its format. */
  private Token result() {
    int column = ++at;
    int start = at;
    boolean inText = false;
    while (at < text.length() && (inText || text.charAt(at) != '#')) {
      inText ^= text.charAt(at) == '"';
      at += inText && text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at, text.length());
    return new Token.Result(column, text.substring(start, at).strip());
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private Token next() throws ScenarioException {
    int column = at + 1;
    char first = text.charAt(at);
    if (first == '"') {
      return quoted(column);
    }
    if (isDigit(first)) {
      String digits = takeLettersAndDigits();
      return new Token.Digits(column, digits, value(column, digits));
    }
    if (isLetter(first)) {
      return new Token.Word(column, takeLettersAndDigits());
    }
    return new Token.Sign(column, takeSign());
  }

  private static boolean isLetter(char found) {
    return (found >= 'a' && found <= 'z') || (found >= 'A' && found <= 'Z') || found == '_';
  }

  private static boolean isDigit(char found) {
    return found >= '0' && found <= '9';
  }

  private String takeLettersAndDigits() {
    int start = at;
    while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
      at++;
    }
    return text.substring(start, at);
  }

  private String takeSign() throws ScenarioException {
    String two = text.substring(at, Math.min(at + 2, text.length()));
    String sign = LONG_SIGNS.contains(two) ? two : two.substring(0, 1);
    if (sign.length() == 1 && !SIGNS.contains(sign)) {
      throw error(at + 1, "a name, a number, a text or an operator", character(at));
    }
    at += sign.length();
    return sign;
  }

  private String take(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    String found = matcher.lookingAt() ? matcher.group() : "";
    at += found.length();
    return found;
  }

  private long value(int column, String digits) throws ScenarioException {
    try {
      if (digits.startsWith("0x") || digits.startsWith("0X")) {
        return Long.parseUnsignedLong(digits, 2, digits.length(), 16);
      }
      return Long.parseUnsignedLong(digits, digits.startsWith("0") ? 8 : 10);
    } catch (NumberFormatException e) {
      throw error(
          column, "a decimal, octal (0...) or hexadecimal (0x...) number of 64 bits", digits);
    }
  }

  private Token quoted(int column) throws ScenarioException {
    int start = at++;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        bytes.write(escape());
      } else {
        int next = text.offsetByCodePoints(at, 1);
        bytes.writeBytes(text.substring(at, next).getBytes(StandardCharsets.UTF_8));
        at = next;
      }
    }
    if (at == text.length()) {
      throw error(at + 1, "the closing \" of the text", "the end of the line");
    }
    at++;
    return new Token.Quoted(column, text.substring(start, at), bytes.toByteArray());
  }

  private int escape() throws ScenarioException {
    int column = ++at;
    String octal = take(OCTAL);
    if (!octal.isEmpty() && Integer.parseInt(octal, 8) <= 0xff) {
      return Integer.parseInt(octal, 8);
    }
    String hex = take(HEX);
    if (!hex.isEmpty()) {
      return Integer.parseInt(hex.substring(1), 16);
    }
    int letter = at < text.length() ? LETTERS.indexOf(text.charAt(at)) : -1;
    if (letter < 0 || !octal.isEmpty()) {
      throw error(
          column,
          "an escape: one of \\n \\t \\r \\a \\b \\f \\v \\\" \\\\, octal to \\377, or \\xHH",
          "\\" + (octal.isEmpty() ? character(at) : octal));
    }
    at++;
    return MEANINGS.charAt(letter);
  }

  private String character(int index) {
    return index < text.length()
        ? text.substring(index, text.offsetByCodePoints(index, 1))
        : "the end of the line";
  }

  private ScenarioException error(int column, String expected, String found) {
    return new ScenarioException(source, new Position(line, column), expected, found);
  }
}
