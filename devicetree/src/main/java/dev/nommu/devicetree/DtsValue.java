package dev.nommu.devicetree;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the value of a property in device tree source: strings, cells, bytes and references, joined
 * by commas (Devicetree Specification v0.4, 6.3).
 */
final class DtsValue {
  private static final String INCBIN = "/incbin/";
  private static final String SUBJECT = "property value";
  private static final int CELL_BITS = 32;
  private static final Set<Long> ELEMENT_BITS = Set.of(8L, 16L, 32L, 64L);
  private static final String ELEMENT_SIZES = "8, 16, 32 or 64";

  private final DtsLexer lexer;
  private final DtsExpression expression;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Label> labels = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  DtsValue(DtsLexer lexer) {
    this.lexer = lexer;
    this.expression = new DtsExpression(lexer);
  }

  /** Reads the text between the equals sign and the semicolon. */
  List<Piece> read() throws DeviceTreeException {
    do {
      readLabels();
      readPart();
      readLabels();
    } while (lexer.accept(","));
    flush();
    return List.copyOf(pieces);
  }

  /** Returns the labels in the value, which nothing in a tree refers to. */
  List<Label> labels() {
    return List.copyOf(labels);
  }

  private void readLabels() throws DeviceTreeException {
    labels.addAll(lexer.labels());
  }

  private void readPart() throws DeviceTreeException {
    Optional<byte[]> string = lexer.acceptQuoted('"');
    if (string.isPresent()) {
      bytes.writeBytes(string.get());
      bytes.write(0);
    } else if (lexer.accept("/bits/")) {
      readCells(elementBits());
    } else if (lexer.at("<")) {
      readCells(CELL_BITS);
    } else if (lexer.accept("[")) {
      readHexBytes();
    } else if (lexer.accept(INCBIN)) {
      readFile();
    } else {
      readPath();
    }
  }

  private void readFile() throws DeviceTreeException {
    lexer.expect("(", INCBIN);
    Location.Line at = lexer.location();
    Optional<byte[]> name = lexer.acceptQuoted('"');
    if (name.isEmpty()) {
      throw lexer.unexpected(INCBIN, "a file name in quotes");
    }
    long offset = 0;
    long length = -1;
    if (lexer.accept(",")) {
      offset = expression.number(INCBIN);
      lexer.expect(",", INCBIN);
      length = expression.number(INCBIN);
    }
    lexer.expect(")", INCBIN);
    String file = new String(name.get(), StandardCharsets.UTF_8);
    bytes.writeBytes(lexer.file(file, offset, length, at));
  }

  private void readPath() throws DeviceTreeException {
    Optional<Reference> reference = lexer.acceptReference();
    if (reference.isEmpty()) {
      throw lexer.unexpected(
          SUBJECT, "\"string\", <cells>, [bytes], /bits/, /incbin/ or &reference");
    }
    flush();
    pieces.add(new Piece.PathOf(reference.get()));
  }

  private int elementBits() throws DeviceTreeException {
    Location.Line at = lexer.location();
    Optional<Long> bits = lexer.acceptLiteral();
    if (bits.isEmpty()) {
      throw lexer.unexpected("/bits/", ELEMENT_SIZES);
    }
    if (!ELEMENT_BITS.contains(bits.get())) {
      throw new DeviceTreeException(at, "/bits/", ELEMENT_SIZES, "" + bits.get());
    }
    return bits.get().intValue();
  }

  private void readCells(int bits) throws DeviceTreeException {
    lexer.expect("<", SUBJECT);
    readLabels();
    while (!lexer.accept(">")) {
      readCell(bits);
      readLabels();
    }
  }

  private void readCell(int bits) throws DeviceTreeException {
    Location.Line at = lexer.location();
    Optional<Reference> reference = lexer.acceptReference();
    if (reference.isEmpty()) {
      writeNumber(expression.number("cells"), bits, at);
      return;
    }
    if (bits != CELL_BITS) {
      throw new DeviceTreeException(
          at, "cells", "references only among cells of 32 bits", reference.get().toString());
    }
    flush();
    pieces.add(new Piece.PhandleOf(reference.get()));
  }

  /** Writes a number whose bits above the element are all zeros, or all ones as in -1. */
  private void writeNumber(long value, int bits, Location.Line at) throws DeviceTreeException {
    long above = bits == Long.SIZE ? 0 : value >> bits;
    if (above != 0 && above != -1) {
      throw new DeviceTreeException(
          at, "cells", "a number of %d bits".formatted(bits), "0x%x".formatted(value));
    }
    byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    bytes.write(all, Long.BYTES - bits / Byte.SIZE, bits / Byte.SIZE);
  }

  private void readHexBytes() throws DeviceTreeException {
    readLabels();
    while (!lexer.accept("]")) {
      Optional<Byte> next = lexer.acceptHexByte();
      if (next.isEmpty()) {
        throw lexer.unexpected("bytes", "two hexadecimal digits or ']'");
      }
      bytes.write(next.get());
      readLabels();
    }
  }

  private void flush() {
    if (bytes.size() > 0) {
      pieces.add(new Piece.Bytes(bytes.toByteArray()));
      bytes.reset();
    }
  }
}
