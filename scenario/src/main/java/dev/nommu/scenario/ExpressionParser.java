package dev.nommu.scenario;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the arguments of one step. */
final class ExpressionParser {
  /** The most operands and brackets of a step, which limits their nesting. */
  private static final int MOST_OPERANDS = 500;

  private final TokenStream tokens;
  private final Scope scope;
  private int operands;

  /**
   * Creates a parser.
   *
   * @param scope the names that the expressions can refer to
   */
  ExpressionParser(TokenStream tokens, Scope scope) {
    this.tokens = tokens;
    this.scope = scope;
  }

  /**
   * An argument of a call.
   *
   * @param start its first token
   */
  record Argument(Token start, Expression expression) {}

  /** Reads {@code (a, b, ...)}. */
  List<Argument> arguments() throws ScenarioException {
    List<Argument> arguments = new ArrayList<>();
    tokens.expect("(", "before the arguments");
    if (tokens.takeIf(")")) {
      return arguments;
    }
    do {
      arguments.add(new Argument(tokens.peek(), expression()));
    } while (tokens.takeIf(","));
    tokens.expect(")", "or , after the argument");
    return arguments;
  }

  /** Reads an expression that must be a number. */
  Expression.Numeric number() throws ScenarioException {
    Token start = tokens.peek();
    return numeric(start, expression());
  }

  private Expression expression() throws ScenarioException {
    return expression(1);
  }

  /** Reads operands with operators of at least this precedence. */
  private Expression expression(int precedence) throws ScenarioException {
    Token start = tokens.peek();
    Expression left = operand();
    Optional<Operator> operator = operator(precedence);
    while (operator.isPresent()) {
      Token sign = tokens.take();
      Token next = tokens.peek();
      Expression right = expression(operator.get().precedence() + 1);
      left =
          switch (left) {
            case Expression.Numeric number ->
                operation(operator.get(), number, numeric(next, right), sign);
            case Expression.Textual text ->
                repetition(start, text, operator.get(), sign, numeric(next, right));
          };
      operator = operator(precedence);
    }
    return left;
  }

  private Expression operation(
      Operator operator, Expression.Numeric left, Expression.Numeric right, Token sign) {
    return operator == Operator.DIVIDED_BY
        ? new Expression.Division(left, right, tokens.position(sign))
        : new Expression.Operation(operator, left, right);
  }

  private Optional<Operator> operator(int precedence) {
    return switch (tokens.peek()) {
      case Token.Sign sign ->
          Operator.of(sign.shown()).filter(operator -> operator.precedence() >= precedence);
      case Token.Word _, Token.Digits _, Token.Quoted _, Token.Result _, Token.End _ ->
          Optional.empty();
    };
  }

  private Expression repetition(
      Token start, Expression.Textual text, Operator operator, Token sign, Expression.Numeric count)
      throws ScenarioException {
    if (operator != Operator.TIMES) {
      throw tokens.error(start, "a number before " + sign.shown(), "a text");
    }
    return new Expression.Repetition(text, count, tokens.position(sign));
  }

  private Expression.Numeric numeric(Token start, Expression expression) throws ScenarioException {
    return switch (expression) {
      case Expression.Numeric number -> number;
      case Expression.Textual _ -> throw tokens.error(start, "a number", "a text");
    };
  }

  private Expression operand() throws ScenarioException {
    if (++operands > MOST_OPERANDS) {
      throw tokens.error(
          tokens.peek(), "a step of at most " + MOST_OPERANDS + " operands and brackets", "more");
    }
    return switch (tokens.peek()) {
      case Token.Digits digits -> {
        tokens.take();
        yield new Expression.Constant(digits.value());
      }
      case Token.Quoted quoted -> {
        tokens.take();
        yield new Expression.Literal(quoted.bytes());
      }
      case Token.Word word -> named(word);
      case Token.Sign _ -> signed();
      case Token.Result _, Token.End _ -> throw tokens.error("a number or a text");
    };
  }

  private Expression signed() throws ScenarioException {
    if (tokens.takeIf("-")) {
      Token next = tokens.peek();
      return new Expression.Negation(numeric(next, operand()));
    }
    if (tokens.takeIf("~")) {
      Token next = tokens.peek();
      return new Expression.Complement(numeric(next, operand()));
    }
    if (tokens.takeIf("(")) {
      Expression inner = expression();
      tokens.expect(")", "after the expression");
      return inner;
    }
    throw tokens.error("a number or a text");
  }

  private Expression named(Token.Word word) throws ScenarioException {
    tokens.take();
    if (word.name().equals("pack") && TokenStream.isSign(tokens.peek(), "(")) {
      return packed();
    }
    Optional<Long> constant = scope.vocabulary().constant(word.name());
    if (constant.isPresent()) {
      return new Expression.Constant(constant.get());
    }
    if (scope.isSet(word.name())) {
      return new Expression.Variable(word.name());
    }
    throw unknown(word);
  }

  private ScenarioException unknown(Token.Word word) {
    Optional<String> setter = scope.setLaterBy(word.name());
    if (setter.isPresent()) {
      return tokens.error(
          word,
          "a variable that is set",
          word.name() + ", which is set by \"" + setter.get() + ": join\"");
    }
    List<String> faults = scope.vocabulary().faults();
    String missing = faults.isEmpty() ? "" : "; names may be missing: " + String.join("; ", faults);
    ScenarioException error =
        tokens.error(
            word, "a constant or a variable set by an earlier step", word.name() + missing);
    return Spelling.nearest(word.name(), scope.numbers()).map(error::suggesting).orElse(error);
  }

  private Expression packed() throws ScenarioException {
    tokens.expect("(", "after pack");
    Token format = tokens.take();
    if (!(format instanceof Token.Quoted quoted)) {
      throw tokens.error(format, "a format such as \"<II\"", format.shown());
    }
    PackFormat layout =
        PackFormat.parse(
            new String(quoted.bytes(), StandardCharsets.UTF_8),
            (expected, found) -> tokens.error(quoted, expected, found));
    List<Expression> items = new ArrayList<>();
    for (PackFormat.Item item : layout.items()) {
      tokens.expect(",", "and one more value for " + quoted.shown());
      Token start = tokens.peek();
      items.add(fitting(item, start, expression()));
    }
    tokens.expect(")", "after the last value for " + quoted.shown());
    return new Expression.Packed(layout, items);
  }

  private Expression fitting(PackFormat.Item item, Token start, Expression value)
      throws ScenarioException {
    return switch (item) {
      case PackFormat.Whole _ -> numeric(start, value);
      case PackFormat.Characters _ ->
          switch (value) {
            case Expression.Textual text -> text;
            case Expression.Numeric _ -> throw tokens.error(start, "a text for s", "a number");
          };
    };
  }
}
