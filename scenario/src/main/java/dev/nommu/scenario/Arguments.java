package dev.nommu.scenario;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The arguments of one call. Their number and kinds have been checked against the {@link Call}
 * before a {@link ProcessPort} receives them.
 *
 * @param values in the order of the scenario
 */
public record Arguments(List<Value> values) {
  /** Copies the list. */
  public Arguments {
    values = List.copyOf(values);
  }

  /** Returns the number of arguments given. */
  public int size() {
    return values.size();
  }

  /**
   * Returns an argument that is a number.
   *
   * @param index 0 or more, less than {@link #size()}
   */
  public long number(int index) {
    return switch (values.get(index)) {
      case Value.Numeric number -> number.value();
      case Value.Text text -> throw wrongKind(index, "number", "text");
    };
  }

  /** Returns a number, or a default if the argument was omitted. */
  public long number(int index, long otherwise) {
    return index < size() ? number(index) : otherwise;
  }

  /** Returns the low 32 bits of a number, as C passes an int. */
  public int integer(int index) {
    return (int) number(index);
  }

  /** Returns the low 32 bits of a number, or a default if the argument was omitted. */
  public int integer(int index, int otherwise) {
    return (int) number(index, otherwise);
  }

  /**
   * Returns the bytes of an argument that is a text.
   *
   * @param index 0 or more, less than {@link #size()}
   */
  public byte[] bytes(int index) {
    return switch (values.get(index)) {
      case Value.Text text -> text.bytes();
      case Value.Numeric number -> throw wrongKind(index, "text", "number");
    };
  }

  /** Returns a text as UTF-8 characters: a path or a name. */
  public String path(int index) {
    return new String(bytes(index), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException wrongKind(int index, String wanted, String is) {
    return new IllegalArgumentException(
        "argument %d: expected a %s, found a %s".formatted(index, wanted, is));
  }
}
