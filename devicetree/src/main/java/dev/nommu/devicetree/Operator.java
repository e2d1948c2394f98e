package dev.nommu.devicetree;

import java.util.Optional;
import java.util.function.LongBinaryOperator;

/**
 * The binary operators of expressions in device tree source: those of C on unsigned 64-bit numbers,
 * as in dtc. Longer symbols stand before those they start with.
 */
enum Operator {
  OR("||", 1, (a, b) -> truth(a != 0 || b != 0)),
  AND("&&", 2, (a, b) -> truth(a != 0 && b != 0)),
  EQUAL("==", 6, (a, b) -> truth(a == b)),
  NOT_EQUAL("!=", 6, (a, b) -> truth(a != b)),
  SHIFT_LEFT("<<", 8, (a, b) -> shiftsAll(b) ? 0 : a << b),
  SHIFT_RIGHT(">>", 8, (a, b) -> shiftsAll(b) ? 0 : a >>> b),
  AT_MOST("<=", 7, (a, b) -> truth(Long.compareUnsigned(a, b) <= 0)),
  AT_LEAST(">=", 7, (a, b) -> truth(Long.compareUnsigned(a, b) >= 0)),
  LESS("<", 7, (a, b) -> truth(Long.compareUnsigned(a, b) < 0)),
  MORE(">", 7, (a, b) -> truth(Long.compareUnsigned(a, b) > 0)),
  BIT_OR("|", 3, (a, b) -> a | b),
  BIT_XOR("^", 4, (a, b) -> a ^ b),
  BIT_AND("&", 5, (a, b) -> a & b),
  PLUS("+", 9, Long::sum),
  MINUS("-", 9, (a, b) -> a - b),
  TIMES("*", 10, (a, b) -> a * b),
  DIVIDE("/", 10, Long::divideUnsigned),
  REMAINDER("%", 10, Long::remainderUnsigned);

  static final int LOWEST_PRECEDENCE = 1;

  private final String symbol;
  private final int precedence;
  private final LongBinaryOperator meaning;

  Operator(String symbol, int precedence, LongBinaryOperator meaning) {
    this.symbol = symbol;
    this.precedence = precedence;
    this.meaning = meaning;
  }

  /** Returns the operator that is next in the source, which is not read. */
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

  /** Returns how tightly the operator binds; more is tighter. */
  int precedence() {
    return precedence;
  }

  boolean divides() {
    return this == DIVIDE || this == REMAINDER;
  }

  long apply(long left, long right) {
    return meaning.applyAsLong(left, right);
  }

  private static long truth(boolean condition) {
    return condition ? 1 : 0;
  }

  private static boolean shiftsAll(long count) {
    return Long.compareUnsigned(count, Long.SIZE) >= 0;
  }
}
