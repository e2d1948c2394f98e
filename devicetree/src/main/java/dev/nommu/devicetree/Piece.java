package dev.nommu.devicetree;

/** A part of a property's value in device tree source. Values are known once all nodes are. */
sealed interface Piece {
  /** Bytes given literally in the source. */
  final class Bytes implements Piece {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /** The phandle of a node, in a cell of 32 bits. */
  record PhandleOf(Reference reference) implements Piece {}

  /** The path of a node, as a string. */
  record PathOf(Reference reference) implements Piece {}
}
