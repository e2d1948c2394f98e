package dev.nommu.scenario;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An operator between two numbers. All of them work on 64 bits, two's complement, and drop what
 * does not fit; they bind as in C.
 */
public enum Operator {
  /** Bitwise or. */
  OR("|", 1),
  /** Bitwise and. */
  AND("&", 2),
  /** Shift to the left. A count outside of 0 to 63 leaves nothing. */
  SHIFT_LEFT("<<", 3),
  /** Shift to the right, filled with zeros. A count outside of 0 to 63 leaves nothing. */
  SHIFT_RIGHT(">>", 3),
  /** Sum. */
  PLUS("+", 4),
  /** Difference. */
  MINUS("-", 4),
  /** Product. */
  TIMES("*", 5),
  /** Quotient, rounded down. Of 0 there is none. */
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

  /** Returns how the operator is written. */
  public String symbol() {
    return symbol;
  }

  /** Returns how tightly the operator binds, 1 or more; what binds tighter has a larger number. */
  int precedence() {
    return precedence;
  }

  /**
   * Returns the result for two operands.
   *
   * @throws ArithmeticException if a number is divided by 0
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
