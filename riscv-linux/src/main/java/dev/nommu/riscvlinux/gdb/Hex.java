package dev.nommu.riscvlinux.gdb;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Numbers and bytes as gdb writes them. */
final class Hex {
  private static final HexFormat HEX = HexFormat.of();

  private Hex() {}

  /** Returns the digits of the low bytes of a number, the lowest byte first. */
  static String littleEndian(long value, int bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes; i++) {
      HEX.toHexDigits(text, (byte) (value >>> (Byte.SIZE * i)));
    }
    return text.toString();
  }

  static long littleEndian(String digits) {
    byte[] bytes = bytes(digits);
    long value = 0;
    for (int i = Math.min(bytes.length, Long.BYTES) - 1; i >= 0; i--) {
      value = value << Byte.SIZE | (bytes[i] & 0xff);
    }
    return value;
  }

  /** Returns the number with these digits. */
  static long number(String digits) {
    return Long.parseUnsignedLong(digits, 16);
  }

  static String of(byte[] bytes) {
    return HEX.formatHex(bytes);
  }

  static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] bytes(String digits) {
    return HEX.parseHex(digits);
  }
}
