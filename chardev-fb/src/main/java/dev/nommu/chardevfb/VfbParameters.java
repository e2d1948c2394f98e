package dev.nommu.chardevfb;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command line's parameters of the virtual frame buffer. Of a parameter given twice the last
 * value counts.
 *
 * @param enabled whether it is there: {@code vfb.vfb_enable}
 * @param memorySize bytes, 1 or more: {@code vfb.videomemorysize}
 * @param geometry the first size: {@code vfb.mode_option}
 * @param bitsPerPixel the first depth: {@code vfb.mode_option}
 */
record VfbParameters(boolean enabled, long memorySize, ScreenGeometry geometry, int bitsPerPixel) {
  private static final String DEFAULT_SIZE = "1048576";
  private static final String DEFAULT_MODE = "640x480-8";
  private static final String DEFAULT_DEPTH = "8";
  private static final Pattern MODE =
      Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})(?:-(\\d{1,2}))?");

  /**
   * Reads the parameters.
   *
   * @throws ErrnoException EINVAL if one cannot be read
   */
  static VfbParameters of(DeviceContext context) throws ErrnoException {
    Matcher mode = mode(last(context, "vfb.mode_option", DEFAULT_MODE));
    String depth = mode.group(3) == null ? DEFAULT_DEPTH : mode.group(3);
    return new VfbParameters(
        enabled(last(context, "vfb.vfb_enable", "0")),
        size(last(context, "vfb.videomemorysize", DEFAULT_SIZE)),
        ScreenGeometry.of(Long.parseLong(mode.group(1)), Long.parseLong(mode.group(2))),
        Integer.parseInt(depth));
  }

  private static String last(DeviceContext context, String name, String otherwise) {
    List<String> values = context.parameters(name);
    return values.isEmpty() ? otherwise : values.getLast();
  }

  private static boolean enabled(String value) throws ErrnoException {
    return switch (value) {
      case "1", "y", "Y", "on" -> true;
      case "0", "n", "N", "off" -> false;
      default -> throw invalid("vfb_enable", value, "0 or 1");
    };
  }

  private static long size(String value) throws ErrnoException {
    try {
      long size = Long.decode(value);
      if (size > 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw new ErrnoException(
          Errno.EINVAL, "vfb.videomemorysize=" + value + ": expected a number of bytes", e);
    }
    throw invalid("videomemorysize", value, "1 byte or more");
  }

  private static Matcher mode(String value) throws ErrnoException {
    Matcher mode = MODE.matcher(value);
    if (!mode.matches()) {
      throw invalid("mode_option", value, "WIDTHxHEIGHT-BITS, such as 640x480-8");
    }
    return mode;
  }

  private static ErrnoException invalid(String name, String value, String expected) {
    return new ErrnoException(
        Errno.EINVAL, "vfb.%s=%s: expected %s".formatted(name, value, expected));
  }
}
