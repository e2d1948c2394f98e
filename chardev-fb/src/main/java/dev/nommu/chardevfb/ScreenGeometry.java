package dev.nommu.chardevfb;

/**
 * The first six fields of {@code struct fb_var_screeninfo} (rule FB-12), in pixels: unsigned 32-bit
 * numbers.
 *
 * @param xres visible width
 * @param yres visible height
 * @param xresVirtual width of what there is in memory
 * @param yresVirtual height of what there is in memory
 * @param xoffset how many pixels of memory are to the left of the screen
 * @param yoffset how many lines of memory are above the screen
 */
public record ScreenGeometry(
    long xres, long yres, long xresVirtual, long yresVirtual, long xoffset, long yoffset) {

  /** Returns a screen that shows all there is in memory. */
  public static ScreenGeometry of(long xres, long yres) {
    return new ScreenGeometry(xres, yres, xres, yres, 0, 0);
  }

  static ScreenGeometry read(StructureWords words) {
    return new ScreenGeometry(
        words.nextUnsigned(),
        words.nextUnsigned(),
        words.nextUnsigned(),
        words.nextUnsigned(),
        words.nextUnsigned(),
        words.nextUnsigned());
  }

  void write(StructureWords words) {
    words.put(xres, yres, xresVirtual, yresVirtual, xoffset, yoffset);
  }

  /** Returns this screen looking at another part of memory. */
  ScreenGeometry panned(long newXoffset, long newYoffset) {
    return new ScreenGeometry(xres, yres, xresVirtual, yresVirtual, newXoffset, newYoffset);
  }

  /** Returns this screen with a virtual size in which it lies wholly. */
  public ScreenGeometry withRoom() {
    return new ScreenGeometry(
        xres,
        yres,
        Math.max(xresVirtual, xoffset + xres),
        Math.max(yresVirtual, yoffset + yres),
        xoffset,
        yoffset);
  }

  @Override
  public String toString() {
    return "%dx%d of %dx%d at %d,%d"
        .formatted(xres, yres, xresVirtual, yresVirtual, xoffset, yoffset);
  }
}
