package dev.nommu.scenario;

import dev.nommu.scenario.ExpressionParser.Argument;
import java.util.List;

/** Reads a call and checks its arguments against its signatures. */
final class InvocationParser {
  private final TokenStream tokens;
  private final ExpressionParser expressions;

  /**
   * Creates a parser.
   *
   * @param expressions reads the arguments from the same tokens
   */
  InvocationParser(TokenStream tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /** Reads {@code call(...)}. */
  Invocation invocation() throws ScenarioException {
    Call call = call();
    Token bracket = tokens.peek();
    List<Argument> arguments = expressions.arguments();
    List<Expression> values = arguments.stream().map(Argument::expression).toList();
    if (call.signatures().stream().noneMatch(signature -> signature.takes(values))) {
      throw mismatch(call, bracket, arguments, values);
    }
    return new Invocation(call, values);
  }

  private Call call() throws ScenarioException {
    if (!(tokens.peek() instanceof Token.Word name)) {
      throw tokens.error("a call");
    }
    tokens.take();
    return CallTable.named(name.name())
        .orElseThrow(() ->
            tokens.error(name, "a call", name.name()).suggesting(CallTable.near(name.name())));
  }

  private ScenarioException mismatch(
      Call call, Token bracket, List<Argument> arguments, List<Expression> values) {
    List<Signature> fitting =
        call.signatures().stream().filter(s -> s.takes(values.size())).toList();
    if (fitting.isEmpty()) {
      List<String> ways = call.signatures().stream().map(s -> call.name() + s).toList();
      String found = values.size() == 1 ? "1 argument" : values.size() + " arguments";
      return tokens.error(bracket, String.join(" or ", ways), found);
    }
    Signature signature = fitting.getFirst();
    int wrong = signature.mismatch(values);
    Parameter parameter = signature.parameters().get(wrong);
    String expected = parameter.kind().words() + " for " + parameter.name() + " of " + call.name();
    return tokens.error(arguments.get(wrong).start(), expected, kind(values.get(wrong)));
  }

  private static String kind(Expression expression) {
    return switch (expression) {
      case Expression.Numeric _ -> "a number";
      case Expression.Textual _ -> "a text";
    };
  }
}
