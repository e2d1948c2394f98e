package dev.nommu.chardevfb;

/**
 * The fields {@code nonstd} to {@code accel_flags} of {@code struct fb_var_screeninfo} (rule
 * FB-12).
 *
 * @param nonstd not 0 for a non-standard pixel format
 * @param activate when a mode takes effect: see {@link #takesEffect}
 * @param height of the screen in millimetres, -1 if unknown
 * @param width of the screen in millimetres, -1 if unknown
 * @param accelFlags acceleration, which no device has
 */
public record ScreenTraits(int nonstd, int activate, int height, int width, int accelFlags) {
  /** A screen of unknown size, whose mode took effect. */
  public static final ScreenTraits DEFAULT = new ScreenTraits(0, 0, -1, -1, 0);

  private static final int ACTIVATE_MASK = 15;
  private static final int ACTIVATE_NOW = 0;

  static ScreenTraits read(StructureWords words) {
    return new ScreenTraits(words.next(), words.next(), words.next(), words.next(), words.next());
  }

  void write(StructureWords words) {
    words.put(nonstd, activate, height, width, accelFlags);
  }

  /** Returns whether to set the mode and not only check it: FB_ACTIVATE_NOW. */
  boolean takesEffect() {
    return (activate & ACTIVATE_MASK) == ACTIVATE_NOW;
  }
}
