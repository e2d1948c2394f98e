package dev.nommu.cli.program;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of processors. */
final class CpuCount implements ITypeConverter<Integer> {
  private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,3}");

  /** Creates it. */
  CpuCount() {}

  @Override
  public Integer convert(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new TypeConversionException(
          "expected a number of processors from 1 to 9999, found '" + text + "'");
    }
    return Integer.valueOf(text);
  }
}
