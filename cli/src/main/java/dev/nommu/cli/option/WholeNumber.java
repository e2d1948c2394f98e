package dev.nommu.cli.option;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a decimal number in a range. */
public abstract class WholeNumber implements ITypeConverter<Integer> {
  private static final Pattern FORM = Pattern.compile("[0-9]{1,9}");

  private final String what;
  private final int least;
  private final int most;

  /**
   * Creates it.
   *
   * @param what is counted, for errors: {@code "a number of processors"}
   * @param least 0 or more
   * @param most 999,999,999 or less
   */
  protected WholeNumber(String what, int least, int most) {
    this.what = what;
    this.least = least;
    this.most = most;
  }

  @Override
  public Integer convert(String text) {
    int number = FORM.matcher(text).matches() ? Integer.parseInt(text) : -1;
    if (number < least || number > most) {
      throw new TypeConversionException(
          "expected %s from %d to %d, found '%s'".formatted(what, least, most, text));
    }
    return number;
  }
}
