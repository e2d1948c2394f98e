package dev.nommu.scenario;

import java.util.List;

/** An argument as it is written. Whether it is a number or a text shows in its type. */
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
   * @param name of the variable
   */
  record Variable(String name) implements Numeric {}

  /**
   * {@code -operand}.
   *
   * @param operand what is subtracted from 0
   */
  record Negation(Numeric operand) implements Numeric {}

  /**
   * {@code ~operand}.
   *
   * @param operand whose bits are inverted
   */
  record Complement(Numeric operand) implements Numeric {}

  /**
   * {@code left // right}.
   *
   * @param position of the operator
   */
  record Division(Numeric left, Numeric right, Position position) implements Numeric {}

  /**
   * {@code left operator right}.
   *
   * @param operator what is done to the two
   */
  record Operation(Operator operator, Numeric left, Numeric right) implements Numeric {}

  /**
   * {@code "text"}.
   *
   * @param bytes nobody may change them
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Literal(byte[] bytes) implements Textual {}

  /**
   * {@code text * count}.
   *
   * @param position of the operator
   */
  record Repetition(Textual text, Numeric count, Position position) implements Textual {}

  /**
   * {@code pack("<II", ...)}.
   *
   * @param items as many as the format has, of its kinds
   */
  record Packed(PackFormat format, List<Expression> items) implements Textual {
    /** Copies the list. */
    public Packed {
      items = List.copyOf(items);
    }
  }
}
