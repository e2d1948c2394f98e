package dev.nommu.devicetree;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Builds flattened device trees token by token, so that a test can get any of them wrong. Numbers
 * and layout are those of the Devicetree Specification v0.4, chapter 5: a header of 40 bytes, no
 * reservations (16 bytes of zeroes), the structure block at 56, then the strings.
 */
final class BlobBuilder {
  static final int STRUCTURE = 56;

  private final ByteArrayOutputStream structure = new ByteArrayOutputStream();
  private String strings = "";

  BlobBuilder word(int value) {
    structure.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
    return this;
  }

  BlobBuilder begin(String name) {
    return word(1).padded((name + '\0').getBytes(StandardCharsets.ISO_8859_1));
  }

  BlobBuilder end() {
    return word(2);
  }

  BlobBuilder nop() {
    return word(4);
  }

  BlobBuilder finish() {
    return word(9);
  }

  BlobBuilder property(int nameOffset, byte... value) {
    return word(3).word(value.length).word(nameOffset).padded(value);
  }

  BlobBuilder padded(byte... bytes) {
    structure.writeBytes(bytes);
    structure.writeBytes(new byte[(4 - bytes.length % 4) % 4]);
    return this;
  }

  /** Sets the strings block. */
  BlobBuilder strings(String block) {
    strings = block;
    return this;
  }

  /** Returns the blob with a correct header. */
  byte[] build() {
    int stringsOffset = STRUCTURE + structure.size();
    byte[] names = strings.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer blob = ByteBuffer.allocate(stringsOffset + names.length);
    blob.putInt(0xd00dfeed).putInt(blob.capacity()).putInt(STRUCTURE).putInt(stringsOffset);
    blob.putInt(40).putInt(17).putInt(16).putInt(5).putInt(names.length).putInt(structure.size());
    return blob.putLong(0).putLong(0).put(structure.toByteArray()).put(names).array();
  }
}
