package dev.nommu.chardevfb;

import dev.nommu.api.DeviceContext;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command-line parameters of the virtual frame buffer. If a parameter is given twice, the last
 * value counts.
 *
 * @param enabled whether it exists: {@code vfb.vfb_enable}
 * @param memorySize bytes, 1 or more: {@code vfb.videomemorysize}
 * @param geometry the first size: {@code vfb.mode_option}
 * @param bitsPerPixel the first depth: {@code vfb.mode_option}
 */
record VfbParameters(boolean enabled, long memorySize, ScreenGeometry geometry, int bitsPerPixel) {
  private static final VfbParameters DEFAULT =
      new VfbParameters(false, 1 << 20, ScreenGeometry.of(640, 480), 8);
  private static final int DEEPEST = 32;
  private static final Pattern MODE =
      Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})(?:-(\\d{1,2}))?");

  /** Returns the parameters with a value applied, or empty if the value is invalid. */
  @FunctionalInterface
  private interface Setter {
    Optional<VfbParameters> set(VfbParameters before, String value);
  }

  /** Reads the parameters. */
  static VfbParameters of(DeviceContext context) {
    VfbParameters all = DEFAULT;
    all = all.with(context, "vfb.vfb_enable", "0 or 1", VfbParameters::enabled);
    all = all.with(context, "vfb.videomemorysize", "a number of bytes", VfbParameters::size);
    return all.with(
        context,
        "vfb.mode_option",
        "WIDTHxHEIGHT-BITS of at most 32 bits, such as 640x480-8",
        VfbParameters::mode);
  }

  private VfbParameters with(DeviceContext context, String name, String expected, Setter setter) {
    VfbParameters parameters = this;
    for (String value : context.parameters(name)) {
      Optional<VfbParameters> set = setter.set(parameters, value);
      if (set.isEmpty()) {
        context.ignoreParameter(name, value, "expected " + expected);
      }
      parameters = set.orElse(parameters);
    }
    return parameters;
  }

  private Optional<VfbParameters> enabled(String value) {
    return switch (value) {
      case "1", "y", "Y", "on", "" -> Optional.of(enabled(true));
      case "0", "n", "N", "off" -> Optional.of(enabled(false));
      default -> Optional.empty();
    };
  }

  private VfbParameters enabled(boolean isThere) {
    return new VfbParameters(isThere, memorySize, geometry, bitsPerPixel);
  }

  private Optional<VfbParameters> size(String value) {
    try {
      long size = Long.decode(value);
      return size > 0
          ? Optional.of(new VfbParameters(enabled, size, geometry, bitsPerPixel))
          : Optional.empty();
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private Optional<VfbParameters> mode(String value) {
    Matcher mode = MODE.matcher(value);
    if (!mode.matches()) {
      return Optional.empty();
    }
    int depth = mode.group(3) == null ? DEFAULT.bitsPerPixel : Integer.parseInt(mode.group(3));
    ScreenGeometry size =
        ScreenGeometry.of(Long.parseLong(mode.group(1)), Long.parseLong(mode.group(2)));
    return depth > DEEPEST
        ? Optional.empty()
        : Optional.of(new VfbParameters(enabled, memorySize, size, depth));
  }
}
