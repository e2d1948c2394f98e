package dev.nommu.scenario;

import java.util.List;

/** An argument as written. Its type shows whether it is a number or a text. */
public sealed interface Expression {
  /** An expression whose value is a number of 64 bits. */
  sealed interface Numeric extends Expression {}

  /** An expression whose value is a text. */
  sealed interface Textual extends Expression {}

  /**
   * A number or a constant.
   *
   * @param value two's complement
   */
  record Constant(long value) implements Numeric {}

  /**
   * The result of an earlier step.
   *
   * @param name the name of the variable
   */
  record Variable(String name) implements Numeric {}

  /**
   * {@code -operand}.
   *
   * @param operand the expression subtracted from 0
   */
  record Negation(Numeric operand) implements Numeric {}

  /**
   * {@code ~operand}.
   *
   * @param operand the expression whose bits are inverted
   */
  record Complement(Numeric operand) implements Numeric {}

  /**
   * {@code left // right}.
   *
   * @param position the position of the operator
   */
  record Division(Numeric left, Numeric right, Position position) implements Numeric {}

  /**
   * {@code left operator right}.
   *
   * @param operator the operator
   */
  record Operation(Operator operator, Numeric left, Numeric right) implements Numeric {}

  /**
   * {@code "text"}.
   *
   * @param bytes must not be modified
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Literal(byte[] bytes) implements Textual {}

  /**
   * {@code text * count}.
   *
   * @param position the position of the operator
   */
  record Repetition(Textual text, Numeric count, Position position) implements Textual {}

  /**
   * {@code pack("<II", ...)}.
   *
   * @param items one for each item of the format, of its kind
   */
  record Packed(PackFormat format, List<Expression> items) implements Textual {
    /** Copies the list. */
    public Packed {
      items = List.copyOf(items);
    }
  }
}
