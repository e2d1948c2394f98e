package dev.nommu.ramfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.List;

/** The {@code mode=} mount option. */
final class RootMode {
  static final int DEFAULT = 0755;
  private static final int PERMISSIONS = 07777;
  private static final String NAME = "mode";

  private RootMode() {}

  /**
   * Returns the permissions of the root directory; of several {@code mode=} the last counts.
   *
   * @param options each {@code name} or {@code name=value}
   * @throws ErrnoException EINVAL if a {@code mode=} is not an octal number of 32 bits
   */
  static int parse(List<String> options) throws ErrnoException {
    int mode = DEFAULT;
    for (String option : options) {
      if (option.equals(NAME) || option.startsWith(NAME + "=")) {
        mode = octal(option);
      }
    }
    return mode & PERMISSIONS;
  }

  private static int octal(String option) throws ErrnoException {
    try {
      return Integer.parseUnsignedInt(option.substring(option.indexOf('=') + 1), 8);
    } catch (NumberFormatException e) {
      throw new ErrnoException(
          Errno.EINVAL,
          "mount option \"" + option + "\": expected an octal number of 32 bits after mode=",
          e);
    }
  }
}
