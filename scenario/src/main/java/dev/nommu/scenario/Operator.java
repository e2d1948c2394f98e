package dev.nommu.scenario;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An operator between two numbers. All work on 64 bits, two's complement, and discard overflow;
 * they have the precedence of C.
 */
public enum Operator {
  /** Bitwise or. */
  OR("|", 1),
  /** Bitwise and. */
  AND("&", 2),
  /** Left shift. 0 if the count is not 0 to 63. */
  SHIFT_LEFT("<<", 3),
  /** Right shift, filled with zeros. 0 if the count is not 0 to 63. */
  SHIFT_RIGHT(">>", 3),
  /** Sum. */
  PLUS("+", 4),
  /** Difference. */
  MINUS("-", 4),
  /** Product. */
  TIMES("*", 5),
  /** Quotient, rounded down. Fails for a divisor of 0. */
  DIVIDED_BY("//", 5);

  private static final Map<String, Operator> BY_SYMBOL =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Operator::symbol, o -> o));

  private final String symbol;
  private final int precedence;

  Operator(String symbol, int precedence) {
    this.symbol = symbol;
    this.precedence = precedence;
  }

  /** Returns the operator with this symbol, or empty if there is none. */
  static Optional<Operator> of(String symbol) {
    return Optional.ofNullable(BY_SYMBOL.get(symbol));
  }

  /** Returns the symbol of the operator. */
  public String symbol() {
    return symbol;
  }

  /** Returns the precedence of the operator, 1 or more; tighter binding is larger. */
  int precedence() {
    return precedence;
  }

  /**
   * Returns the result for two operands.
   *
   * @throws ArithmeticException on a division by 0
   */
  long apply(long left, long right) {
    return switch (this) {
      case OR -> left | right;
      case AND -> left & right;
      case SHIFT_LEFT -> isShift(right) ? left << right : 0;
      case SHIFT_RIGHT -> isShift(right) ? left >>> right : 0;
      case PLUS -> left + right;
      case MINUS -> left - right;
      case TIMES -> left * right;
      case DIVIDED_BY -> Math.floorDiv(left, right);
    };
  }

  private static boolean isShift(long count) {
    return count >= 0 && count < Long.SIZE;
  }
}
