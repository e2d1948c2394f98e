package dev.nommu.api;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers on the kernel's command line, as {@code memparse} reads them: {@code 0x100}, {@code 4M}.
 *
 * @since 0.1.0
 */
public final class Memparse {
  private static final Pattern NUMBER =
      Pattern.compile("(?<number>0x[0-9a-f]{1,16}|[0-9]{1,19})(?:(?<unit>[kmg])i?)?");
  private static final String UNITS = "kmg";

  private Memparse() {}

  /**
   * Returns the number a text stands for: decimal or, after {@code 0x}, hexadecimal, times 1024 for
   * k or Ki, 1024² for M or Mi, 1024³ for G or Gi.
   *
   * @param what the meaning of the number, for the message
   * @throws ErrnoException EINVAL if it is not such a number or does not fit in 63 bits
   */
  public static long parse(String text, String what) throws ErrnoException {
    Matcher matcher = NUMBER.matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      try {
        return Math.multiplyExact(digits(matcher.group("number")), unit(matcher));
      } catch (ArithmeticException | NumberFormatException e) {
        throw new ErrnoException(
            Errno.EINVAL,
            "%s: expected a number of 63 bits, found \"%s\"".formatted(what, text),
            e);
      }
    }
    throw new ErrnoException(
        Errno.EINVAL,
        "%s: expected a number like 4096, 0x1000, 64k or 1Mi, found \"%s\"".formatted(what, text));
  }

  private static long digits(String number) {
    return number.startsWith("0x")
        ? Long.parseLong(number, 2, number.length(), 16)
        : Long.parseLong(number);
  }

  private static long unit(Matcher matcher) {
    String unit = matcher.group("unit");
    return unit == null ? 1 : 1L << (10 * (UNITS.indexOf(unit) + 1));
  }
}
