package dev.nommu.chardevfb;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Page;
import dev.nommu.api.PageSource;
import dev.nommu.api.Placement;
import dev.nommu.chardevfb.FrameBufferDevice.AdjustableDevice;
import dev.nommu.chardevfb.FrameBufferDevice.PannableDevice;

/**
 * A frame buffer in RAM that accepts any mode that fits its memory, as Linux's {@code
 * drivers/video/fbdev/vfb.c} (rule FB-13): 1, 8, 16, 24 or 32 bits per pixel, panning and wrapping
 * in steps of one.
 */
final class VirtualFrameBuffer implements AdjustableDevice, PannableDevice {
  private static final PanSteps STEPS = new PanSteps(1, 1, 1);
  private static final int COLOURS = 256;

  private static final BitField LOW_BYTE = BitField.of(0, 8);
  private static final PixelFormat MONO = indexed(1);
  private static final PixelFormat PALETTE = indexed(8);
  private static final PixelFormat RGB565 =
      PixelFormat.of(16, BitField.of(0, 5), BitField.of(5, 6), BitField.of(11, 5), BitField.NONE);
  private static final PixelFormat RGBA5551 =
      PixelFormat.of(
          16, BitField.of(0, 5), BitField.of(5, 5), BitField.of(10, 5), BitField.of(15, 1));
  private static final PixelFormat RGB888 =
      PixelFormat.of(24, LOW_BYTE, BitField.of(8, 8), BitField.of(16, 8), BitField.NONE);
  private static final PixelFormat RGBA8888 =
      PixelFormat.of(32, LOW_BYTE, BitField.of(8, 8), BitField.of(16, 8), BitField.of(24, 8));

  private final FrameMemory memory;
  private final VariableScreenInfo initialMode;
  private FixedScreenInfo fixed;

  private VirtualFrameBuffer(FrameMemory memory, VariableScreenInfo initialMode) {
    this.memory = memory;
    this.initialMode = initialMode;
    fixed = fixedIn(initialMode);
  }

  /**
   * Allocates the memory.
   *
   * @throws ErrnoException EINVAL for an unsupported depth; ENOMEM if there is no contiguous memory
   *     of that size, or it is too small for the first mode
   */
  static VirtualFrameBuffer of(VfbParameters parameters, PageSource pages) throws ErrnoException {
    long size = parameters.memorySize();
    VariableScreenInfo wanted =
        VariableScreenInfo.of(parameters.geometry(), indexed(parameters.bitsPerPixel()));
    VariableScreenInfo mode = fitted(wanted, size);
    if (Page.count(size) > pages.maximumRun()) {
      throw new ErrnoException(
          Errno.ENOMEM,
          "vfb: %d bytes of memory: the longest run has %d pages"
              .formatted(size, pages.maximumRun()));
    }
    long address = pages.allocateRun(Page.count(size));
    FrameMemory memory =
        new FrameMemory(new AddressRange(address, size), pages.memory(address, size));
    return new VirtualFrameBuffer(memory, mode);
  }

  @Override
  public FrameMemory memory() {
    return memory;
  }

  @Override
  public FixedScreenInfo fixed() {
    return fixed;
  }

  @Override
  public VariableScreenInfo initialMode() {
    return initialMode;
  }

  @Override
  public int colourMapLength() {
    return COLOURS;
  }

  @Override
  public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    return memory.place(request);
  }

  @Override
  public VariableScreenInfo checkVar(VariableScreenInfo wanted) throws ErrnoException {
    return fitted(wanted, memory.range().length());
  }

  @Override
  public void setPar(VariableScreenInfo mode) {
    fixed = fixedIn(mode);
  }

  /** Refuses to wrap beyond the last line or with a horizontal offset; the core checks the rest. */
  @Override
  public void panDisplay(VariableScreenInfo mode, VariableScreenInfo wanted) throws ErrnoException {
    ScreenGeometry offsets = wanted.geometry();
    boolean beyond = offsets.yoffset() >= mode.geometry().yresVirtual();
    if (wanted.timing().wraps() && (beyond || offsets.xoffset() > 0)) {
      throw new ErrnoException(
          Errno.EINVAL,
          "vfb: wrap at %d,%d: expected 0 and a line of %d"
              .formatted(offsets.xoffset(), offsets.yoffset(), mode.geometry().yresVirtual()));
    }
  }

  private static VariableScreenInfo fitted(VariableScreenInfo wanted, long memorySize)
      throws ErrnoException {
    ScreenGeometry geometry = wanted.geometry().withRoom();
    PixelFormat format = nearest(wanted.format());
    long lineLength = lineLength(geometry, format);
    if (geometry.yresVirtual() > memorySize / lineLength) {
      throw new ErrnoException(
          Errno.ENOMEM,
          "vfb: %s with %d bits per pixel: expected at most %d bytes, found %d lines of %d"
              .formatted(
                  geometry, format.bitsPerPixel(), memorySize, geometry.yresVirtual(), lineLength));
    }
    return wanted.with(geometry, format.withGrayscale(wanted.format().grayscale()));
  }

  private static PixelFormat nearest(PixelFormat wanted) throws ErrnoException {
    long bits = Integer.toUnsignedLong(wanted.bitsPerPixel());
    if (bits <= 1) {
      return MONO;
    } else if (bits <= 8) {
      return PALETTE;
    } else if (bits <= 16) {
      return wanted.transp().length() == 0 ? RGB565 : RGBA5551;
    } else if (bits <= 24) {
      return RGB888;
    } else if (bits <= 32) {
      return RGBA8888;
    }
    throw new ErrnoException(Errno.EINVAL, "vfb: " + bits + " bits per pixel: expected at most 32");
  }

  private static long lineLength(ScreenGeometry geometry, PixelFormat format) {
    long bits = geometry.xresVirtual() * format.bitsPerPixel();
    return (bits + Integer.SIZE - 1) / Integer.SIZE * Integer.BYTES;
  }

  private FixedScreenInfo fixedIn(VariableScreenInfo mode) {
    Visual visual =
        switch (mode.format().bitsPerPixel()) {
          case 1 -> Visual.MONO01;
          case 8 -> Visual.PSEUDOCOLOR;
          default -> Visual.TRUECOLOR;
        };
    long lineLength = lineLength(mode.geometry(), mode.format());
    return new FixedScreenInfo("Virtual FB", memory.range(), visual, STEPS, lineLength);
  }

  private static PixelFormat indexed(int bitsPerPixel) {
    return PixelFormat.of(bitsPerPixel, LOW_BYTE, LOW_BYTE, LOW_BYTE, BitField.NONE);
  }
}
