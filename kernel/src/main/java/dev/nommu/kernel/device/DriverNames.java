package dev.nommu.kernel.device;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.Arrays;
import java.util.Set;

/**
 * The names that drivers may give their devices in {@code /dev} and their files in {@code /proc}.
 *
 * @param ofKernel the names in {@code /proc} reserved for the kernel
 */
record DriverNames(Set<String> ofKernel) {
  private static final int NAME_MAX = 255;

  DriverNames {
    ofKernel = Set.copyOf(ofKernel);
  }

  /** Checks the path of a device; EINVAL if it is not a valid path below /dev. */
  static void requireDevicePath(String name) throws ErrnoException {
    if (!Arrays.stream(name.split("/", -1)).allMatch(DriverNames::isName)) {
      throw new ErrnoException(
          Errno.EINVAL,
          "register \"%s\": expected a path below /dev, such as \"input/event0\"".formatted(name));
    }
  }

  /** Checks names of directories and files in /sys; EINVAL if one is invalid. */
  static void requireNames(String... names) throws ErrnoException {
    for (String name : names) {
      if (!isName(name) || name.indexOf('/') >= 0) {
        throw new ErrnoException(
            Errno.EINVAL, "register \"%s\" in /sys: expected a name".formatted(name));
      }
    }
  }

  /** Checks the name of a file in /proc: EINVAL if it is invalid, EBUSY if the kernel uses it. */
  void requireProcName(String name) throws ErrnoException {
    boolean ofProcess = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
    if (!isName(name) || name.indexOf('/') >= 0 || ofProcess) {
      throw new ErrnoException(
          Errno.EINVAL, "register /proc/%s: expected a name that is not a number".formatted(name));
    }
    if (ofKernel.contains(name)) {
      throw new ErrnoException(Errno.EBUSY, "register /proc/" + name + ": reserved for the kernel");
    }
  }

  private static boolean isName(String part) {
    boolean special = part.isEmpty() || part.equals(".") || part.equals("..");
    return !special && part.length() <= NAME_MAX && part.indexOf('\0') < 0;
  }
}
