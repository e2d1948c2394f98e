package dev.nommu.riscvlinux.strace;

/** Bytes in double quotes, with the escapes of C. */
final class Quoted {
  /** The number of bytes of data shown, as in strace without {@code -s}. */
  static final int MOST = 32;

  private Quoted() {}

  /** Returns the first bytes, followed by dots if there are more. */
  static String data(byte[] bytes, long length) {
    return text(bytes) + (length > bytes.length ? "..." : "");
  }

  /** Returns all bytes. */
  static String text(byte[] bytes) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < bytes.length; i++) {
      boolean beforeOctalDigit = i + 1 < bytes.length && bytes[i + 1] >= '0' && bytes[i + 1] <= '7';
      text.append(escaped(bytes[i] & 0xff, beforeOctalDigit ? "\\%03o" : "\\%o"));
    }
    return text.append('"').toString();
  }

  private static String escaped(int each, String octal) {
    return switch (each) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case 0x0b -> "\\v";
      case '\f' -> "\\f";
      case '\r' -> "\\r";
      default -> each >= ' ' && each < 0x7f ? String.valueOf((char) each) : octal.formatted(each);
    };
  }
}
