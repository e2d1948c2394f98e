package dev.nommu.chardevfb;

/**
 * The timing of a monitor: the fields {@code pixclock} to {@code vmode} of {@code struct
 * fb_var_screeninfo} (rule FB-12). They are stored for ioctls; there is no monitor.
 *
 * @param pixclock picoseconds per pixel
 * @param leftMargin pixels from sync to picture
 * @param rightMargin pixels from picture to sync
 * @param upperMargin lines from sync to picture
 * @param lowerMargin lines from picture to sync
 * @param hsyncLen pixels
 * @param vsyncLen lines
 * @param sync polarity bits
 * @param vmode interlacing bits and {@link #YWRAP}
 */
public record VideoTiming(
    int pixclock,
    int leftMargin,
    int rightMargin,
    int upperMargin,
    int lowerMargin,
    int hsyncLen,
    int vsyncLen,
    int sync,
    int vmode) {
  /** FB_VMODE_YWRAP: the first line of memory is shown below the last. */
  public static final int YWRAP = 0x100;

  /** No timing at all, not interlaced, not wrapped. */
  public static final VideoTiming NONE = new VideoTiming(0, 0, 0, 0, 0, 0, 0, 0, 0);

  static VideoTiming read(StructureWords words) {
    return new VideoTiming(
        words.next(),
        words.next(),
        words.next(),
        words.next(),
        words.next(),
        words.next(),
        words.next(),
        words.next(),
        words.next());
  }

  void write(StructureWords words) {
    words.put(pixclock, leftMargin, rightMargin, upperMargin, lowerMargin);
    words.put(hsyncLen, vsyncLen, sync, vmode);
  }

  /** Returns whether the first line of memory is shown below the last. */
  public boolean wraps() {
    return (vmode & YWRAP) != 0;
  }

  /** Returns this timing with the YWRAP bit of another. */
  VideoTiming withWrapOf(VideoTiming other) {
    return new VideoTiming(
        pixclock,
        leftMargin,
        rightMargin,
        upperMargin,
        lowerMargin,
        hsyncLen,
        vsyncLen,
        sync,
        (vmode & ~YWRAP) | (other.vmode & YWRAP));
  }
}
