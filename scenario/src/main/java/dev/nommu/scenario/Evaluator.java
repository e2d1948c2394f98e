package dev.nommu.scenario;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Evaluates arguments. */
final class Evaluator {
  /** The most bytes of one text. */
  static final long LONGEST_TEXT = 64L << 20;

  private final String source;
  private final Map<String, Long> variables;

  /**
   * Creates an evaluator.
   *
   * @param source the scenario's name, for errors
   * @param variables their values, read when needed
   */
  Evaluator(String source, Map<String, Long> variables) {
    this.source = source;
    this.variables = variables;
  }

  /** Returns the arguments of a call. */
  Arguments arguments(List<Expression> expressions) throws ScenarioException {
    List<Value> values = new ArrayList<>();
    for (Expression expression : expressions) {
      values.add(
          switch (expression) {
            case Expression.Numeric number -> new Value.Numeric(number(number));
            case Expression.Textual text -> new Value.Text(text(text));
          });
    }
    return new Arguments(values);
  }

  /**
   * Returns the value of a number; a variable that is not set counts as 0.
   *
   * @throws ScenarioException on a division by 0
   */
  long number(Expression.Numeric expression) throws ScenarioException {
    return switch (expression) {
      case Expression.Constant(long value) -> value;
      case Expression.Variable(String name) -> variables.getOrDefault(name, 0L);
      case Expression.Negation(Expression.Numeric operand) -> -number(operand);
      case Expression.Complement(Expression.Numeric operand) -> ~number(operand);
      case Expression.Division(var left, var right, Position position) ->
          quotient(number(left), number(right), position);
      case Expression.Operation(Operator operator, var left, var right) ->
          operator.apply(number(left), number(right));
    };
  }

  private long quotient(long left, long right, Position position) throws ScenarioException {
    if (right == 0) {
      throw new ScenarioException(source, position, "a divisor other than 0", "0");
    }
    return Operator.DIVIDED_BY.apply(left, right);
  }

  /**
   * Returns the bytes of a text.
   *
   * @throws ScenarioException if it is longer than {@link #LONGEST_TEXT}
   */
  byte[] text(Expression.Textual expression) throws ScenarioException {
    return switch (expression) {
      case Expression.Literal(byte[] bytes) -> bytes;
      case Expression.Repetition repetition -> repeated(repetition);
      case Expression.Packed packed -> packed(packed);
    };
  }

  private byte[] repeated(Expression.Repetition repetition) throws ScenarioException {
    byte[] once = text(repetition.text());
    long count = number(repetition.count());
    if (count < 0 || (once.length > 0 && count > LONGEST_TEXT / once.length)) {
      throw new ScenarioException(
          source,
          repetition.position(),
          "a text of 0 to " + LONGEST_TEXT + " bytes",
          count + " times " + once.length + " bytes");
    }
    byte[] all = new byte[once.length == 0 ? 0 : Math.toIntExact(count * once.length)];
    for (int at = 0; at < all.length; at += once.length) {
      System.arraycopy(once, 0, all, at, once.length);
    }
    return all;
  }

  private byte[] packed(Expression.Packed packed) throws ScenarioException {
    PackFormat format = packed.format();
    int size = format.items().stream().mapToInt(PackFormat.Item::size).sum();
    ByteBuffer out = ByteBuffer.allocate(size).order(format.order());
    for (int i = 0; i < format.items().size(); i++) {
      put(out, format.items().get(i), packed.items().get(i));
    }
    return out.array();
  }

  private void put(ByteBuffer out, PackFormat.Item item, Expression value)
      throws ScenarioException {
    switch (value) {
      case Expression.Textual text -> out.put(Arrays.copyOf(text(text), item.size()));
      case Expression.Numeric expression -> {
        long number = number(expression);
        switch (item.size()) {
          case Byte.BYTES -> out.put((byte) number);
          case Short.BYTES -> out.putShort((short) number);
          case Integer.BYTES -> out.putInt((int) number);
          default -> out.putLong(number);
        }
      }
    }
  }
}
