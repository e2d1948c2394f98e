package dev.nommu.api;

import java.util.List;
import java.util.Objects;

/**
 * The data an ioctl argument points to, in the C layout of a little-endian machine with 64-bit
 * longs. The set may grow: a switch needs a default.
 *
 * @since 0.1.0
 */
public sealed interface IoctlArgument {
  /** No layout: the argument is absent, or a number. */
  IoctlArgument NONE = new Nothing();

  /** A signed {@code int}. */
  IoctlArgument INT = new Whole(Integer.BYTES, Notation.DECIMAL);

  /** An {@code unsigned int}. */
  IoctlArgument UNSIGNED_INT = new Whole(Integer.BYTES, Notation.UNSIGNED);

  /** A {@code long}, or an unsigned number that fits in one. */
  IoctlArgument LONG = new Whole(Long.BYTES, Notation.DECIMAL);

  /** Returns how many bytes it points to; 0 without a layout. */
  int size();

  /** How a value is printed. May grow. */
  enum Notation {
    /** A signed decimal number. */
    DECIMAL,
    /** An unsigned decimal number. */
    UNSIGNED,
    /** A hexadecimal number after {@code 0x}. */
    HEXADECIMAL,
    /** Characters up to the first NUL, in quotes. */
    TEXT
  }

  /** No layout: the argument is absent, or a number. */
  record Nothing() implements IoctlArgument {
    @Override
    public int size() {
      return 0;
    }
  }

  /**
   * One number.
   *
   * @param size bytes: 1, 2, 4 or 8
   * @param notation how it is printed, not TEXT
   */
  record Whole(int size, Notation notation) implements IoctlArgument {
    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if the size is none of these or the notation is TEXT
     */
    public Whole {
      requireNumber(size, notation);
    }
  }

  /**
   * A structure.
   *
   * @param size bytes
   * @param fields the fields to show, in that order
   */
  record Structure(int size, List<Field> fields) implements IoctlArgument {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if a field lies outside the structure
     */
    public Structure {
      fields = List.copyOf(fields);
      for (Field field : fields) {
        if (field.offset() < 0 || field.size() > size - field.offset()) {
          throw new IllegalArgumentException(
              "expected fields within %d bytes, found %s".formatted(size, field));
        }
      }
    }

    /** Returns a structure of a size with some of its fields. */
    public static Structure of(int size, Field... fields) {
      return new Structure(size, List.of(fields));
    }
  }

  /**
   * A field of a structure.
   *
   * @param name in C
   * @param offset of its first byte
   * @param size bytes: 1, 2, 4 or 8 for a number
   * @param notation how its value is printed
   */
  record Field(String name, int offset, int size, Notation notation) {
    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if a number has another size
     */
    public Field {
      Objects.requireNonNull(name, "name");
      if (notation != Notation.TEXT) {
        requireNumber(size, notation);
      }
    }

    /** Returns a field that is an unsigned number of 32 bits. */
    public static Field u32(String name, int offset) {
      return new Field(name, offset, Integer.BYTES, Notation.UNSIGNED);
    }

    /** Returns a field that is a number of 32 bits, printed in hexadecimal. */
    public static Field x32(String name, int offset) {
      return new Field(name, offset, Integer.BYTES, Notation.HEXADECIMAL);
    }

    /** Returns a field of characters. */
    public static Field text(String name, int offset, int size) {
      return new Field(name, offset, size, Notation.TEXT);
    }
  }

  private static void requireNumber(int size, Notation notation) {
    boolean whole = size == 1 || size == 2 || size == 4 || size == 8;
    if (!whole || notation == Notation.TEXT) {
      throw new IllegalArgumentException(
          "expected a number of 1, 2, 4 or 8 bytes, found %d as %s".formatted(size, notation));
    }
  }
}
