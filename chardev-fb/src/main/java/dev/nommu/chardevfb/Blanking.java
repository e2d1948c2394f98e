package dev.nommu.chardevfb;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/** How much of a screen is off: the FB_BLANK constants, from 0 on (rule FB-08). */
public enum Blanking {
  /** Nothing: the picture is shown. */
  UNBLANK,
  /** The picture; the monitor is driven. */
  NORMAL,
  /** The picture and vertical synchronisation. */
  VSYNC_SUSPEND,
  /** The picture and horizontal synchronisation. */
  HSYNC_SUSPEND,
  /** Everything. */
  POWERDOWN;

  /**
   * Returns the constant with this number.
   *
   * @throws ErrnoException EINVAL if it is not 0 to 4
   */
  static Blanking of(long number) throws ErrnoException {
    if (number < 0 || number >= values().length) {
      throw new ErrnoException(
          Errno.EINVAL, "FBIOBLANK: expected 0 to 4, found " + Long.toUnsignedString(number));
    }
    return values()[(int) number];
  }
}
