package dev.nommu.devicetree;

import java.io.IOException;

/**
 * A device tree is malformed, or lacks something its reader needs. The message names the location,
 * the part of the tree, what was expected there and what was found.
 */
public final class DeviceTreeException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_QUOTE = 40;

  private final Location location;
  private final String expected;
  private final String found;

  DeviceTreeException(Location location, String subject, String expected, String found) {
    super("%s: %s: expected %s, found %s".formatted(location, subject, expected, found));
    this.location = location;
    this.expected = expected;
    this.found = found;
  }

  /** Sets the cause, for stack traces; returns this. */
  DeviceTreeException because(Exception cause) {
    initCause(cause);
    return this;
  }

  /** Returns the location of the fault in the source. */
  public Location location() {
    return location;
  }

  /** Returns what was expected, as a phrase. */
  public String expected() {
    return expected;
  }

  /** Returns what was found, as a phrase. */
  public String found() {
    return found;
  }

  /** Quotes a piece of the input for a message: shortened, and without control characters. */
  static String quote(String input) {
    String shown =
        input.length() > LONGEST_QUOTE ? input.substring(0, LONGEST_QUOTE) + "..." : input;
    StringBuilder quoted = new StringBuilder("'");
    shown.chars().forEach(c -> quoted.append(printable((char) c)));
    return quoted.append('\'').toString();
  }

  private static String printable(char c) {
    if (c == '\n') {
      return "\\n";
    }
    return Character.isISOControl(c) ? "\\x%02x".formatted((int) c) : String.valueOf(c);
  }
}
