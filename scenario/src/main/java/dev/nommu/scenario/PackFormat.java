package dev.nommu.scenario;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The layout of a structure, written as for Python's {@code struct.pack}: a byte order ({@code <}
 * and {@code =} little-endian, {@code >} and {@code !} big-endian), then letters, each with a count
 * before it if it is not 1. {@code b B} are 1 byte, {@code h H} 2, {@code i I l L} 4, {@code q Q}
 * 8; {@code 16s} is one text of 16 bytes. There is no padding.
 *
 * @param order the byte order of numbers
 * @param items in memory order
 */
public record PackFormat(ByteOrder order, List<Item> items) {
  /** The most items, and the most bytes of one of them. */
  static final int MOST = 4096;

  /** Copies the list. */
  public PackFormat {
    items = List.copyOf(items);
  }

  /** One value of the structure. */
  public sealed interface Item {
    /** Returns its size in bytes. */
    int size();
  }

  /**
   * A number.
   *
   * @param size 1, 2, 4 or 8 bytes; a wider number is truncated to the low bytes
   */
  public record Whole(int size) implements Item {}

  /**
   * A text, truncated or padded with zeros to its size.
   *
   * @param size bytes, 0 or more
   */
  public record Characters(int size) implements Item {}

  /**
   * Reads a format.
   *
   * @param error creates the exception from the expected and the found text
   * @throws ScenarioException if the text is not a format
   */
  static PackFormat parse(String text, BiFunction<String, String, ScenarioException> error)
      throws ScenarioException {
    ByteOrder order = order(text, error);
    List<Item> items = new ArrayList<>();
    for (int at = 1; at < text.length(); at++) {
      int digits = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      int count = count(text.substring(digits, at), error);
      items.addAll(items(count, at < text.length() ? text.charAt(at) : ' ', error));
      if (items.size() > MOST) {
        throw error.apply("a format of at most " + MOST + " items", items.size() + " or more");
      }
    }
    return new PackFormat(order, items);
  }

  private static ByteOrder order(String text, BiFunction<String, String, ScenarioException> error)
      throws ScenarioException {
    return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case '<', '=' -> ByteOrder.LITTLE_ENDIAN;
      case '>', '!' -> ByteOrder.BIG_ENDIAN;
      default -> throw error.apply("a format that starts with one of < > = !", '"' + text + '"');
    };
  }

  private static int count(String digits, BiFunction<String, String, ScenarioException> error)
      throws ScenarioException {
    int count = digits.isEmpty() ? 1 : digits.length() > 4 ? MOST + 1 : Integer.parseInt(digits);
    if (count > MOST) {
      throw error.apply("a count of at most " + MOST + " in the format", digits);
    }
    return count;
  }

  private static List<Item> items(
      int count, char letter, BiFunction<String, String, ScenarioException> error)
      throws ScenarioException {
    return switch (letter) {
      case 'b', 'B' -> Collections.nCopies(count, new Whole(1));
      case 'h', 'H' -> Collections.nCopies(count, new Whole(2));
      case 'i', 'I', 'l', 'L' -> Collections.nCopies(count, new Whole(4));
      case 'q', 'Q' -> Collections.nCopies(count, new Whole(8));
      case 's' -> List.of(new Characters(count));
      case ' ' -> throw error.apply("a letter after the count in the format", "its end");
      default ->
          throw error.apply("one of b B h H i I l L q Q s in the format", "'" + letter + "'");
    };
  }
}
