package dev.nommu.riscvlinux.gdb;

/**
 * A range of memory in gdb's notation.
 *
 * @param address the address of its first byte
 * @param length in bytes
 */
record Range(long address, int length) {
  private static final int LONGEST = 0x2000;

  /**
   * Reads {@code address,length}, both hexadecimal.
   *
   * @throws IllegalArgumentException if the text is malformed, or the range longer than a packet
   *     can hold
   */
  static Range of(String text) {
    String[] parts = text.split("[,:;]", -1);
    if (parts.length < 2) {
      throw new IllegalArgumentException("expected address,length, found " + text);
    }
    long length = Hex.number(parts[1]);
    if (length < 0 || length > LONGEST) {
      throw new IllegalArgumentException("expected 0 to 0x2000 bytes, found " + text);
    }
    return new Range(Hex.number(parts[0]), (int) length);
  }
}
