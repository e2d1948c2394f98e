package dev.nommu.chardevfb;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.Arrays;

/** The meaning of a pixel value: the FB_VISUAL constants (rule FB-11). */
public enum Visual {
  /** 1 is black, 0 is white. */
  MONO01(0),
  /** Components of the colour. */
  TRUECOLOR(2),
  /** An index into the colour map. */
  PSEUDOCOLOR(3);

  private final int number;

  Visual(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /**
   * Returns the visual with this number.
   *
   * @throws ErrnoException EINVAL for any other number
   */
  static Visual of(int number) throws ErrnoException {
    return Arrays.stream(values())
        .filter(visual -> visual.number == number)
        .findFirst()
        .orElseThrow(() ->
            new ErrnoException(
                Errno.EINVAL,
                "frame buffer: visual %d: expected one of 0, 2 and 3".formatted(number)));
  }
}
