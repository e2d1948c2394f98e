package dev.nommu.chardevfb;

import java.lang.foreign.MemorySegment;

/**
 * A mode: what a program can change about a frame buffer, as {@code struct fb_var_screeninfo} (rule
 * FB-12). The four reserved words at its end are read as nothing and written as zero.
 *
 * @param geometry sizes and offsets
 * @param format the pixels
 * @param traits when it takes effect, and more
 * @param timing the monitor's
 * @param rotate degrees counter-clockwise; kept, not obeyed
 * @param colorspace kept, not obeyed
 */
public record VariableScreenInfo(
    ScreenGeometry geometry,
    PixelFormat format,
    ScreenTraits traits,
    VideoTiming timing,
    int rotate,
    int colorspace) {
  /** Bytes of the structure. */
  static final long SIZE = 160;

  /** Returns a mode with no timing. */
  public static VariableScreenInfo of(ScreenGeometry geometry, PixelFormat format) {
    return new VariableScreenInfo(geometry, format, ScreenTraits.DEFAULT, VideoTiming.NONE, 0, 0);
  }

  /** Reads the structure from memory. */
  static VariableScreenInfo read(MemorySegment structure) {
    StructureWords words = new StructureWords(structure);
    return new VariableScreenInfo(
        ScreenGeometry.read(words),
        PixelFormat.read(words),
        ScreenTraits.read(words),
        VideoTiming.read(words),
        words.next(),
        words.next());
  }

  /** Writes the structure to memory. */
  void write(MemorySegment structure) {
    StructureWords words = new StructureWords(structure);
    geometry.write(words);
    format.write(words);
    traits.write(words);
    timing.write(words);
    words.put(rotate, colorspace, 0, 0, 0, 0);
  }

  /** Returns this mode with other sizes and pixels. */
  public VariableScreenInfo with(ScreenGeometry newGeometry, PixelFormat newFormat) {
    return new VariableScreenInfo(newGeometry, newFormat, traits, timing, rotate, colorspace);
  }

  /** Returns this mode looking where another one looks: its offsets and its YWRAP bit. */
  VariableScreenInfo pannedLike(VariableScreenInfo other) {
    return new VariableScreenInfo(
        geometry.panned(other.geometry.xoffset(), other.geometry.yoffset()),
        format,
        traits,
        timing.withWrapOf(other.timing),
        rotate,
        colorspace);
  }
}
