package dev.nommu.mtd;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Memparse;
import dev.nommu.api.Page;

/**
 * A value of the parameter {@code phram.phram}: {@code name,start,length[,erasesize]}.
 *
 * @param name the name of the MTD
 * @param range its physical addresses
 * @param eraseSize bytes, a divisor of the length
 */
record PhramParameter(String name, AddressRange range, long eraseSize) {
  private static final String FORM = "name,start,length[,erasesize]";

  /**
   * Reads a value.
   *
   * @throws ErrnoException EINVAL if it is malformed or the length is not a multiple of the erase
   *     size
   */
  static PhramParameter parse(String value) throws ErrnoException {
    String[] tokens = value.split(",", -1);
    if (tokens.length < 3 || tokens.length > 4) {
      throw invalid(FORM, value);
    }
    long start = Memparse.parse(tokens[1], "start");
    long length = Memparse.parse(tokens[2], "length");
    if (length == 0 || start + (length - 1) < 0) {
      throw invalid("a length of 1 or more that does not wrap", value);
    }
    long eraseSize = tokens.length == 3 ? Page.SIZE : Memparse.parse(tokens[3], "erasesize");
    if (eraseSize == 0 || length % eraseSize != 0) {
      throw invalid("a length that is a multiple of the erase size", value);
    }
    return new PhramParameter(tokens[0], new AddressRange(start, length), eraseSize);
  }

  private static ErrnoException invalid(String expected, String value) {
    return new ErrnoException(Errno.EINVAL, "expected %s, found \"%s\"".formatted(expected, value));
  }
}
