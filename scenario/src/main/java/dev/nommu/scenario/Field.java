package dev.nommu.scenario;

/**
 * A field of a structure.
 *
 * @param name the name in the structure's definition
 * @param text the value as a transcript shows it
 */
public record Field(String name, String text) {
  /** Returns a field whose value is formatted as a decimal number. */
  public static Field decimal(String name, long value) {
    return new Field(name, Long.toString(value));
  }

  /** Returns a field whose value is formatted as {@code 0x...}. */
  public static Field hexadecimal(String name, long value) {
    return new Field(name, "0x" + Long.toHexString(value));
  }

  /** Returns a field whose value is formatted as {@code 0o...}, like permissions. */
  public static Field octal(String name, long value) {
    return new Field(name, "0o" + Long.toOctalString(value));
  }

  /** Returns a field whose value is formatted as a text in quotes. */
  public static Field quoted(String name, byte[] value) {
    return new Field(name, CString.quote(value));
  }

  /** Returns {@code name=value}. */
  @Override
  public String toString() {
    return name + "=" + text;
  }
}
