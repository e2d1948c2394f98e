package dev.nommu.scenario;

/**
 * A field of a structure.
 *
 * @param name as the structure's definition has it
 * @param text the value as a transcript shows it
 */
public record Field(String name, String text) {
  /** Returns a field whose value is shown as a decimal number. */
  public static Field decimal(String name, long value) {
    return new Field(name, Long.toString(value));
  }

  /** Returns a field whose value is shown as {@code 0x...}. */
  public static Field hexadecimal(String name, long value) {
    return new Field(name, "0x" + Long.toHexString(value));
  }

  /** Returns a field whose value is shown as {@code 0o...}, as permissions are. */
  public static Field octal(String name, long value) {
    return new Field(name, "0o" + Long.toOctalString(value));
  }

  /** Returns a field whose value is shown as a text in quotes. */
  public static Field quoted(String name, byte[] value) {
    return new Field(name, CString.quote(value));
  }

  /** Returns {@code name=value}. */
  @Override
  public String toString() {
    return name + "=" + text;
  }
}
