package dev.nommu.chardevfb;

import java.lang.foreign.MemorySegment;

/**
 * A mode: the properties of a frame buffer that a program can change, as {@code struct
 * fb_var_screeninfo} (rule FB-12). The four reserved words at its end are ignored when read and
 * written as zero.
 *
 * @param geometry sizes and offsets
 * @param format the pixels
 * @param traits when it takes effect, and other fields
 * @param timing the timing of the monitor
 * @param rotate degrees counter-clockwise; stored without effect
 * @param colorspace stored without effect
 */
public record VariableScreenInfo(
    ScreenGeometry geometry,
    PixelFormat format,
    ScreenTraits traits,
    VideoTiming timing,
    int rotate,
    int colorspace) {
  /** The size of the structure in bytes. */
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

  /** Returns this mode with the offsets and the YWRAP bit of another. */
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
