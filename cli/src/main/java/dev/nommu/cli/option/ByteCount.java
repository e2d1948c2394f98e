package dev.nommu.cli.option;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bytes: decimal or, after {@code 0x}, hexadecimal; K, M and G multiply. */
public final class ByteCount implements ITypeConverter<Long> {
  private static final Pattern FORM =
      Pattern.compile("(?:0[xX]([0-9a-fA-F]{1,12})|([0-9]{1,14}))([kKmMgG]?)");

  /** Creates it. */
  public ByteCount() {}

  @Override
  public Long convert(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new TypeConversionException(
          "expected a number of bytes such as 4096, 0x1000 or 4K, found '" + text + "'");
    }
    long number =
        form.group(1) != null ? Long.parseLong(form.group(1), 16) : Long.parseLong(form.group(2));
    return number << shift(form.group(3));
  }

  private static int shift(String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "k" -> 10;
      case "m" -> 20;
      case "g" -> 30;
      default -> 0;
    };
  }
}
