package dev.nommu.devicetree;

import java.util.Optional;

/**
 * The binary operators of expressions in device tree source: those of C on unsigned 64-bit numbers,
 * as in dtc. Longer symbols come before their prefixes.
 */
enum Operator {
  OR("||", 1),
  AND("&&", 2),
  EQUAL("==", 6),
  NOT_EQUAL("!=", 6),
  SHIFT_LEFT("<<", 8),
  SHIFT_RIGHT(">>", 8),
  AT_MOST("<=", 7),
  AT_LEAST(">=", 7),
  LESS("<", 7),
  MORE(">", 7),
  BIT_OR("|", 3),
  BIT_XOR("^", 4),
  BIT_AND("&", 5),
  PLUS("+", 9),
  MINUS("-", 9),
  TIMES("*", 10),
  DIVIDE("/", 10),
  REMAINDER("%", 10);

  static final int LOWEST_PRECEDENCE = 1;

  private final String symbol;
  private final int precedence;

  Operator(String symbol, int precedence) {
    this.symbol = symbol;
    this.precedence = precedence;
  }

  /** Returns the next operator in the source, without reading it. */
  static Optional<Operator> next(DtsLexer lexer) throws DeviceTreeException {
    for (Operator operator : values()) {
      if (lexer.at(operator.symbol)) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }

  String symbol() {
    return symbol;
  }

  /** Returns the precedence of the operator; higher binds tighter. */
  int precedence() {
    return precedence;
  }

  boolean divides() {
    return this == DIVIDE || this == REMAINDER;
  }

  /** Returns the value; callers that divide have checked that {@code b} is not 0. */
  long apply(long a, long b) {
    return switch (this) {
      case OR -> truth(a != 0 || b != 0);
      case AND -> truth(a != 0 && b != 0);
      case EQUAL -> truth(a == b);
      case NOT_EQUAL -> truth(a != b);
      case SHIFT_LEFT -> shiftsAll(b) ? 0 : a << b;
      case SHIFT_RIGHT -> shiftsAll(b) ? 0 : a >>> b;
      case AT_MOST -> truth(Long.compareUnsigned(a, b) <= 0);
      case AT_LEAST -> truth(Long.compareUnsigned(a, b) >= 0);
      case LESS -> truth(Long.compareUnsigned(a, b) < 0);
      case MORE -> truth(Long.compareUnsigned(a, b) > 0);
      case BIT_OR -> a | b;
      case BIT_XOR -> a ^ b;
      case BIT_AND -> a & b;
      case PLUS -> a + b;
      case MINUS -> a - b;
      case TIMES -> a * b;
      case DIVIDE -> Long.divideUnsigned(a, b);
      case REMAINDER -> Long.remainderUnsigned(a, b);
    };
  }

  private static long truth(boolean condition) {
    return condition ? 1 : 0;
  }

  private static boolean shiftsAll(long count) {
    return Long.compareUnsigned(count, Long.SIZE) >= 0;
  }
}
