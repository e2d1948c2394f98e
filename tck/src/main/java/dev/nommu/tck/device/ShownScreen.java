package dev.nommu.tck.device;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.tck.device.Control.Words;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A frame buffer's description of itself: {@code fb_fix_screeninfo} and {@code fb_var_screeninfo},
 * as words.
 *
 * @param fixed 20 of them
 * @param variable 40 of them
 */
record ShownScreen(List<Long> fixed, List<Long> variable) {
  static final int XRES = 0;
  static final int YRES = 1;
  static final int XRES_VIRTUAL = 2;
  static final int YRES_VIRTUAL = 3;
  static final int XOFFSET = 4;
  static final int YOFFSET = 5;
  static final int ACTIVATE = 21;

  private static final int BITS_PER_PIXEL = 6;
  private static final int RED = 8;
  private static final int COLOURS = 4;
  private static final int FIELD = 3;

  private static final int SMEM_START = 4;
  private static final int SMEM_LEN = 6;
  private static final int VISUAL = 9;
  private static final int PAN_STEPS = 10;
  private static final int LINE_LENGTH = 12;
  private static final int PSEUDOCOLOUR = 3;

  private static final int GET_VARIABLE = 0x4600;
  private static final int PUT_VARIABLE = 0x4601;
  private static final int GET_FIXED = 0x4602;
  private static final int PAN = 0x4606;
  private static final int VARIABLE_WORDS = 40;
  private static final int FIXED_WORDS = 20;

  /** Queries a frame buffer. */
  static ShownScreen of(Control control) throws ErrnoException, MemoryFault {
    return new ShownScreen(
        words(control, GET_FIXED, new int[FIXED_WORDS]),
        words(control, GET_VARIABLE, new int[VARIABLE_WORDS]));
  }

  private static List<Long> words(Control control, int command, int[] given)
      throws ErrnoException, MemoryFault {
    Words words = Words.of(given);
    control.call(command, words);
    return IntStream.range(0, given.length).mapToObj(words::get).toList();
  }

  /** Returns this mode with one number changed. */
  ShownScreen with(int index, long value) {
    Long[] changed = variable.toArray(Long[]::new);
    changed[index] = value;
    return new ShownScreen(fixed, Arrays.asList(changed));
  }

  /**
   * Requests this mode and returns the answer.
   *
   * @throws ErrnoException EINVAL, ENOMEM
   */
  ShownScreen wished(Control control) throws ErrnoException, MemoryFault {
    return new ShownScreen(fixed, words(control, PUT_VARIABLE, given()));
  }

  /**
   * Pans to the offsets of this mode.
   *
   * @throws ErrnoException EINVAL
   */
  void pan(Control control) throws ErrnoException, MemoryFault {
    words(control, PAN, given());
  }

  private int[] given() {
    return variable.stream().mapToInt(Long::intValue).toArray();
  }

  /** Requests this mode; returns false if the frame buffer does not support it. */
  boolean isTaken(Control control) throws ErrnoException, MemoryFault {
    try {
      wished(control);
      return true;
    } catch (ErrnoException refused) {
      if (refused.errno() == Errno.EINVAL || refused.errno() == Errno.ENOMEM) {
        return false;
      }
      throw refused;
    }
  }

  long get(int index) {
    return variable.get(index);
  }

  long start() {
    return fixed.get(SMEM_START + 1) << Integer.SIZE | fixed.get(SMEM_START);
  }

  long length() {
    return fixed.get(SMEM_LEN);
  }

  long lineLength() {
    return fixed.get(LINE_LENGTH);
  }

  /** Returns the lines by which it can be panned; 0 if it cannot. */
  long panStep() {
    return fixed.get(PAN_STEPS) >>> Short.SIZE;
  }

  boolean isPseudocolour() {
    return fixed.get(VISUAL) == PSEUDOCOLOUR;
  }

  long bitsPerPixel() {
    return variable.get(BITS_PER_PIXEL);
  }

  /** Returns whether all lines of the picture are as long as their pixels and in the memory. */
  boolean isInMemory() {
    return bitsPerPixel() > 0
        && lineLength() * Byte.SIZE >= get(XRES_VIRTUAL) * bitsPerPixel()
        && lineLength() * get(YRES_VIRTUAL) <= length();
  }

  /** Returns whether the visible part lies in the picture, and each colour in a pixel. */
  boolean isInPicture() {
    return get(XOFFSET) + get(XRES) <= get(XRES_VIRTUAL)
        && get(YOFFSET) + get(YRES) <= get(YRES_VIRTUAL)
        && IntStream.range(0, COLOURS)
            .map(colour -> RED + FIELD * colour)
            .allMatch(this::isInPixel);
  }

  private boolean isInPixel(int field) {
    return get(field) + get(field + 1) <= bitsPerPixel() || get(field + 1) == 0;
  }

  /** Returns sizes and memory. */
  @Override
  public String toString() {
    return "%dx%d at %d,%d of %dx%d, %d bits a pixel, 0x%x bytes a line, 0x%x bytes at 0x%x"
        .formatted(
            get(XRES),
            get(YRES),
            get(XOFFSET),
            get(YOFFSET),
            get(XRES_VIRTUAL),
            get(YRES_VIRTUAL),
            bitsPerPixel(),
            lineLength(),
            length(),
            start());
  }
}
