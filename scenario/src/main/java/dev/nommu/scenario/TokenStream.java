package dev.nommu.scenario;

import java.util.List;
import java.util.Optional;

/** The tokens of one line, read from left to right. */
final class TokenStream {
  private final String source;
  private final int line;
  private final List<Token> tokens;
  private int next;

  private TokenStream(String source, int line, List<Token> tokens) {
    this.source = source;
    this.line = line;
    this.tokens = tokens;
  }

  /** Splits a line into tokens. */
  static TokenStream of(String source, int line, String text) throws ScenarioException {
    return new TokenStream(source, line, new Lexer(source, line, text).tokens());
  }

  /** Returns the next token without taking it. */
  Token peek() {
    return tokens.get(next);
  }

  /** Returns the token after the next one, or the end if there is none. */
  Token peekSecond() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  /** Takes and returns the next token; there is always an end. */
  Token take() {
    Token token = peek();
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  /** Returns the number of characters before a result, a comment or the end of the line. */
  int end() {
    Token last = tokens.getLast();
    boolean states = tokens.size() > 1 && tokens.get(tokens.size() - 2) instanceof Token.Result;
    return (states ? tokens.get(tokens.size() - 2) : last).column() - 1;
  }

  /** Takes the result that the line states after its step, if any. */
  Optional<String> takeResult() {
    if (peek() instanceof Token.Result result) {
      take();
      return Optional.of(result.shown());
    }
    return Optional.empty();
  }

  /** Takes the next token if it is this sign; returns whether it was. */
  boolean takeIf(String sign) {
    boolean is = isSign(peek(), sign);
    if (is) {
      take();
    }
    return is;
  }

  /** Takes this sign. */
  void expect(String sign, String where) throws ScenarioException {
    if (!takeIf(sign)) {
      throw error(sign + " " + where);
    }
  }

  /** Returns whether a token is this sign. */
  static boolean isSign(Token token, String sign) {
    return token instanceof Token.Sign found && found.shown().equals(sign);
  }

  /** Returns the position of a token. */
  Position position(Token token) {
    return new Position(line, token.column());
  }

  /** Returns the error for an unexpected next token. */
  ScenarioException error(String expected) {
    return error(peek(), expected, peek().shown());
  }

  /** Returns an error at a token. */
  ScenarioException error(Token token, String expected, String found) {
    return new ScenarioException(source, position(token), expected, found);
  }
}
