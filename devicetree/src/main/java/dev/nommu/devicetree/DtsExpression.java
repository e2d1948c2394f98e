package dev.nommu.devicetree;

import java.util.Optional;

/**
 * Reads numbers in device tree source: literals, characters, and C expressions in parentheses
 * (Devicetree Specification v0.4, 6.3), computed in unsigned 64 bits.
 */
final class DtsExpression {
  private static final int DEEPEST = 64;
  private static final String SUBJECT = "expression";

  private final DtsLexer lexer;
  private int depth;

  DtsExpression(DtsLexer lexer) {
    this.lexer = lexer;
  }

  /** Reads a required number. */
  long number(String subject) throws DeviceTreeException {
    Optional<Long> number = acceptNumber();
    if (number.isEmpty()) {
      throw lexer.unexpected(subject, "a number, or an expression in parentheses");
    }
    return number.get();
  }

  /** Reads a number if one is next. */
  Optional<Long> acceptNumber() throws DeviceTreeException {
    if (lexer.accept("(")) {
      long value = conditional();
      lexer.expect(")", SUBJECT);
      return Optional.of(value);
    }
    Location.Line at = lexer.location();
    Optional<byte[]> characters = lexer.acceptQuoted('\'');
    if (characters.isPresent()) {
      return Optional.of(character(characters.get(), at));
    }
    return lexer.acceptLiteral();
  }

  private static long character(byte[] quoted, Location.Line at) throws DeviceTreeException {
    if (quoted.length != 1) {
      throw new DeviceTreeException(
          at, "character", "one byte between the quotes", "%d bytes".formatted(quoted.length));
    }
    return Byte.toUnsignedLong(quoted[0]);
  }

  private long conditional() throws DeviceTreeException {
    enter();
    long condition = binary(Operator.LOWEST_PRECEDENCE);
    long value = lexer.accept("?") ? choice(condition) : condition;
    depth--;
    return value;
  }

  private long choice(long condition) throws DeviceTreeException {
    long ifTrue = conditional();
    lexer.expect(":", SUBJECT);
    long ifFalse = conditional();
    return condition == 0 ? ifFalse : ifTrue;
  }

  /** Reads operands joined by operators of at least this precedence, from left to right. */
  private long binary(int precedence) throws DeviceTreeException {
    long left = unary();
    Optional<Operator> operator = Operator.next(lexer);
    while (operator.isPresent() && operator.get().precedence() >= precedence) {
      lexer.accept(operator.get().symbol());
      left = apply(operator.get(), left);
      operator = Operator.next(lexer);
    }
    return left;
  }

  private long apply(Operator operator, long left) throws DeviceTreeException {
    Location.Line at = lexer.location();
    long right = binary(operator.precedence() + 1);
    if (right == 0 && operator.divides()) {
      throw new DeviceTreeException(at, SUBJECT, "a divisor other than 0", "0");
    }
    return operator.apply(left, right);
  }

  private long unary() throws DeviceTreeException {
    if (lexer.accept("-")) {
      return -operand();
    }
    if (lexer.accept("~")) {
      return ~operand();
    }
    if (lexer.accept("!")) {
      return operand() == 0 ? 1 : 0;
    }
    return number(SUBJECT);
  }

  private long operand() throws DeviceTreeException {
    enter();
    long value = unary();
    depth--;
    return value;
  }

  private void enter() throws DeviceTreeException {
    depth++;
    if (depth > DEEPEST) {
      throw new DeviceTreeException(
          lexer.location(), SUBJECT, "at most %d levels".formatted(DEEPEST), "one more");
    }
  }
}
