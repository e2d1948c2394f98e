package dev.nommu.scenario;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The arguments of one call. How many there are and of what kind has been checked against the
 * {@link Call} before a {@link ProcessPort} sees them.
 *
 * @param values in the order in which they are written
 */
public record Arguments(List<Value> values) {
  /** Copies the list. */
  public Arguments {
    values = List.copyOf(values);
  }

  /** Returns how many arguments were written. */
  public int size() {
    return values.size();
  }

  /**
   * Returns an argument that is a number.
   *
   * @param index counted from 0, less than {@link #size()}
   */
  public long number(int index) {
    return switch (values.get(index)) {
      case Value.Numeric number -> number.value();
      case Value.Text text -> throw wrongKind(index, "number", "text");
    };
  }

  /** Returns a number, or another one if the argument was left out. */
  public long number(int index, long otherwise) {
    return index < size() ? number(index) : otherwise;
  }

  /** Returns the low 32 bits of a number, as C hands on an int. */
  public int integer(int index) {
    return (int) number(index);
  }

  /** Returns the low 32 bits of a number, or another one if the argument was left out. */
  public int integer(int index, int otherwise) {
    return (int) number(index, otherwise);
  }

  /**
   * Returns the bytes of an argument that is a text.
   *
   * @param index counted from 0, less than {@link #size()}
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
        "argument %d was asked for as a %s but is a %s".formatted(index, wanted, is));
  }
}
