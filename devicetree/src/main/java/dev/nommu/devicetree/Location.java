package dev.nommu.devicetree;

import java.io.Serializable;

/** A location in the input of a device tree. */
public sealed interface Location extends Serializable {
  /** Returns the name of the source, usually a file name. */
  String source();

  /**
   * A place in device tree source.
   *
   * @param source the name of the text; after a line marker of the C preprocessor, the name in the
   *     marker
   * @param line counted from 1
   * @param column counted from 1, in UTF-16 units; a tab is one
   */
  record Line(String source, int line, int column) implements Location {
    /** Returns {@code source:line:column}, as compilers write it. */
    @Override
    public String toString() {
      return "%s:%d:%d".formatted(source, line, column);
    }
  }

  /**
   * A place in a flattened device tree, or in text that could not be decoded.
   *
   * @param source the name of the blob
   * @param offset bytes from its start
   */
  record Offset(String source, long offset) implements Location {
    /** Returns {@code source: byte 0xoffset}. */
    @Override
    public String toString() {
      return "%s: byte 0x%x".formatted(source, offset);
    }
  }
}
