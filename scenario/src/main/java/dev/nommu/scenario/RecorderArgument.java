package dev.nommu.scenario;

import dev.nommu.scenario.Expression.Numeric;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes arguments as the recording program reads them: numbers and variables in postfix notation,
 * or the bytes that an argument points to.
 */
final class RecorderArgument {
  private final Evaluator constants;
  private final Map<String, Integer> variables = new LinkedHashMap<>();

  /**
   * Creates a writer without variables.
   *
   * @param source the scenario's name, for errors
   */
  RecorderArgument(String source) {
    this.constants = new Evaluator(source, Map.of());
  }

  /** Returns the number of a variable, assigning one if it has none. */
  int variable(String name) {
    return variables.computeIfAbsent(name, _ -> variables.size());
  }

  /** Returns a number. */
  static String of(long number) {
    return "#" + Long.toHexString(number);
  }

  /** Returns the bytes that an argument points to. */
  static String of(byte[] bytes) {
    return "\"" + HexFormat.of().formatHex(bytes);
  }

  /** Returns a number or a text. */
  String of(Expression expression) throws ScenarioException {
    return switch (expression) {
      case Numeric number -> number(number);
      case Expression.Textual text -> of(constants.text(text));
    };
  }

  private String number(Numeric expression) throws ScenarioException {
    Optional<Long> known = constant(expression);
    if (known.isPresent()) {
      return of(known.get());
    }
    return switch (expression) {
      case Expression.Variable(String name) -> "$" + variable(name);
      case Expression.Operation(Operator operator, Numeric left, Numeric right) ->
          "%s,%s%s".formatted(number(left), number(right), operator.symbol());
      case Numeric other -> throw new IllegalArgumentException("the program cannot do " + other);
    };
  }

  /** Returns the value of a number without variables; empty if there are any. */
  Optional<Long> constant(Expression expression) throws ScenarioException {
    return expression instanceof Numeric number && !hasVariable(number)
        ? Optional.of(constants.number(number))
        : Optional.empty();
  }

  /** Returns the bytes of a text. */
  byte[] text(Expression.Textual text) throws ScenarioException {
    return constants.text(text);
  }

  private static boolean hasVariable(Numeric expression) {
    return switch (expression) {
      case Expression.Constant _ -> false;
      case Expression.Variable _ -> true;
      case Expression.Negation(Numeric operand) -> hasVariable(operand);
      case Expression.Complement(Numeric operand) -> hasVariable(operand);
      case Expression.Division(Numeric left, Numeric right, Position _) ->
          hasVariable(left) || hasVariable(right);
      case Expression.Operation(Operator _, Numeric left, Numeric right) ->
          hasVariable(left) || hasVariable(right);
    };
  }
}
