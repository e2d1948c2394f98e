package dev.nommu.kernel.sysctl;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A numeric setting of the running kernel, like an entry of {@code struct ctl_table} with {@code
 * proc_doulongvec_minmax}. All its numbers are unsigned. Thread-safe.
 */
public final class Sysctl {
  /** A number as {@code strtoul} reads it in base 0: decimal, octal or hexadecimal. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "\\s*(?:0[xX](?<hex>\\p{XDigit}+)|0(?<octal>[0-7]+)|(?<decimal>0|[1-9]\\d*))\\s*");

  private final String name;
  private final long minimum;
  private final long maximum;
  private volatile long value;

  /**
   * Creates a setting.
   *
   * @param name with dots, such as {@code "vm.nr_trim_pages"}
   * @param minimum the lowest value
   * @param maximum the highest value
   * @param initial the value it has until it is set
   */
  public Sysctl(String name, long minimum, long maximum, long initial) {
    this.name = name;
    this.minimum = minimum;
    this.maximum = maximum;
    this.value = initial;
  }

  /** Returns the name, with dots. */
  public String name() {
    return name;
  }

  /** Returns the value, an unsigned number. */
  public long value() {
    return value;
  }

  /** Returns the value in decimal digits, as its file in /proc/sys shows it. */
  public String text() {
    return Long.toUnsignedString(value);
  }

  /**
   * Sets the value.
   *
   * @param wanted an unsigned number
   * @throws ErrnoException EINVAL outside the bounds (rule TRIM-03); the value is unchanged
   */
  public void set(long wanted) throws ErrnoException {
    boolean tooLow = Long.compareUnsigned(wanted, minimum) < 0;
    if (tooLow || Long.compareUnsigned(wanted, maximum) > 0) {
      throw invalid(Long.toUnsignedString(wanted));
    }
    value = wanted;
  }

  /**
   * Sets the value.
   *
   * @param text a number, which may begin with 0 (octal) or 0x, with blanks around it
   * @throws ErrnoException EINVAL if it is not a number or outside the bounds; the value is
   *     unchanged
   */
  public void set(String text) throws ErrnoException {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      throw invalid(text);
    }
    try {
      set(parse(number));
    } catch (NumberFormatException tooLarge) {
      throw invalid(text);
    }
  }

  /**
   * Sets the value to the first number of a text, as a write to its file in /proc/sys does (rule
   * TRIM-03); text after a blank is ignored.
   *
   * @return the number of characters consumed, including blanks after the number
   * @throws ErrnoException EINVAL if the text does not begin with a number, or it is outside the
   *     bounds; the value is unchanged
   */
  public int setFirst(String text) throws ErrnoException {
    Matcher number = NUMBER.matcher(text);
    boolean found = number.lookingAt();
    int end = found ? number.end() : 0;
    boolean ends = end == text.length() || (found && Character.isWhitespace(text.charAt(end - 1)));
    if (!ends) {
      throw invalid(text);
    }
    set(text.substring(0, end));
    return end;
  }

  private static long parse(Matcher number) {
    if (number.group("hex") != null) {
      return Long.parseUnsignedLong(number.group("hex"), 16);
    }
    return number.group("octal") != null
        ? Long.parseUnsignedLong(number.group("octal"), 8)
        : Long.parseUnsignedLong(number.group("decimal"));
  }

  private ErrnoException invalid(String found) {
    return new ErrnoException(
        Errno.EINVAL,
        "sysctl %s: expected a number of %s to %s, found \"%s\""
            .formatted(
                name, Long.toUnsignedString(minimum), Long.toUnsignedString(maximum), found));
  }
}
