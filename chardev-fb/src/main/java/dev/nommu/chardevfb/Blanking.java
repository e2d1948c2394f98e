package dev.nommu.chardevfb;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/** The blanking levels of a screen: the FB_BLANK constants, from 0 up (rule FB-08). */
public enum Blanking {
  /** Nothing is off: the picture is shown. */
  UNBLANK,
  /** The picture is off; the synchronisation signals stay on. */
  NORMAL,
  /** The picture and vertical synchronisation are off. */
  VSYNC_SUSPEND,
  /** The picture and horizontal synchronisation are off. */
  HSYNC_SUSPEND,
  /** Everything is off. */
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
