package dev.nommu.chardevfb;

/**
 * The first six fields of {@code struct fb_var_screeninfo} (rule FB-12), in pixels: unsigned 32-bit
 * numbers.
 *
 * @param xres visible width
 * @param yres visible height
 * @param xresVirtual width in memory
 * @param yresVirtual height in memory
 * @param xoffset the number of pixels of memory to the left of the screen
 * @param yoffset the number of lines of memory above the screen
 */
public record ScreenGeometry(
    long xres, long yres, long xresVirtual, long yresVirtual, long xoffset, long yoffset) {

  /** Returns a screen that shows all of its memory. */
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

  /** Returns this screen panned to another part of memory. */
  ScreenGeometry panned(long newXoffset, long newYoffset) {
    return new ScreenGeometry(xres, yres, xresVirtual, yresVirtual, newXoffset, newYoffset);
  }

  /** Returns this screen with a virtual size that contains it. */
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
