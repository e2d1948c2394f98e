package dev.nommu.scenario;

/** Formats bytes as C strings, as strace does. */
final class CString {
  private CString() {}

  /**
   * Returns the bytes in double quotes. Anything but printable ASCII becomes a one-letter or octal
   * escape, as short as possible: three digits only if an octal digit follows.
   */
  static String quote(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length + 2).append('"');
    for (int i = 0; i < bytes.length; i++) {
      boolean digitFollows = i + 1 < bytes.length && bytes[i + 1] >= '0' && bytes[i + 1] <= '7';
      out.append(escape(bytes[i] & 0xff, digitFollows ? "\\%03o" : "\\%o"));
    }
    return out.append('"').toString();
  }

  private static String escape(int b, String octal) {
    return switch (b) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case 0x0b -> "\\v";
      case '\f' -> "\\f";
      case '\r' -> "\\r";
      default -> b >= ' ' && b <= '~' ? String.valueOf((char) b) : octal.formatted(b);
    };
  }
}
