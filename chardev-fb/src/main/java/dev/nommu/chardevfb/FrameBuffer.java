package dev.nommu.chardevfb;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PluginFault;
import dev.nommu.api.UserMemory;
import dev.nommu.chardevfb.FrameBufferDevice.AdjustableDevice;
import dev.nommu.chardevfb.FrameBufferDevice.BlankableDevice;
import dev.nommu.chardevfb.FrameBufferDevice.PannableDevice;

/**
 * One frame buffer in the core, as {@code struct fb_info}: the device, its mode and its colour map.
 * May be called concurrently.
 */
final class FrameBuffer {
  private static final int SMALLEST = 8;

  /** An index in a pixel has at most 16 bits. */
  private static final int MOST_COLOURS = 1 << 16;

  private static final long UNSIGNED_INT_MAX = 0xffff_ffffL;

  private final FrameBufferDevice device;
  private final FrameMemory memory;
  private final ColourMap colours;
  private VariableScreenInfo mode;

  /**
   * Queries the properties of a device.
   *
   * @throws PluginFault if the device fails to return them
   */
  FrameBuffer(FrameBufferDevice device) {
    this.device = device;
    memory = DriverCall.answer(device, "memory", device::memory);
    colours = new ColourMap(colourMapLength(device));
    mode = DriverCall.answer(device, "initialMode", device::initialMode);
  }

  private static int colourMapLength(FrameBufferDevice device) {
    int length = DriverCall.answer(device, "colourMapLength", device::colourMapLength);
    if (length < 0 || length > MOST_COLOURS) {
      throw new PluginFault(
          device,
          "colourMapLength",
          "expected 0 to %d colours, found %d".formatted(MOST_COLOURS, length));
    }
    return length;
  }

  FrameBufferDevice device() {
    return device;
  }

  FrameMemory memory() {
    return memory;
  }

  synchronized VariableScreenInfo mode() {
    return mode;
  }

  synchronized FixedScreenInfo fixed() {
    return DriverCall.answer(device, "fixed", device::fixed);
  }

  /**
   * Sets a mode, or only checks it if so requested (rule FB-09). A device with one mode accepts any
   * request and keeps that mode.
   *
   * @return the mode that was, or would have been, set
   * @throws ErrnoException EINVAL for a screen smaller than 8x8, for sizes whose product does not
   *     fit in 32 bits and for modes the device does not have; ENOMEM if the memory is too small
   */
  synchronized VariableScreenInfo setMode(VariableScreenInfo wanted) throws ErrnoException {
    if (wanted.equals(mode) || !(device instanceof AdjustableDevice adjustable)) {
      return mode;
    }
    requireSaneSizes(wanted.geometry());
    VariableScreenInfo checked =
        DriverCall.ask(device, "checkVar", () -> adjustable.checkVar(wanted));
    requireVirtualSize(checked.geometry());
    if (checked.traits().takesEffect()) {
      DriverCall.tell(device, "setPar", () -> adjustable.setPar(checked));
      mode = checked;
    }
    return checked;
  }

  /**
   * Pans to another part of the memory (rule FB-10).
   *
   * @param wanted a mode; only its offsets and the YWRAP bit matter
   * @throws ErrnoException EINVAL if the device cannot pan there
   */
  synchronized void pan(VariableScreenInfo wanted) throws ErrnoException {
    if (!(device instanceof PannableDevice pannable)) {
      throw new ErrnoException(Errno.EINVAL, name() + " cannot be panned");
    }
    requireSteps(wanted);
    requireWithinVirtualSize(wanted);
    VariableScreenInfo now = mode;
    DriverCall.tell(device, "panDisplay", () -> pannable.panDisplay(now, wanted));
    mode = mode.pannedLike(wanted);
  }

  /**
   * Turns the screen off or on (rule FB-08).
   *
   * @param wanted an FB_BLANK number
   * @throws ErrnoException EINVAL for an unknown number or if the device cannot be blanked
   */
  synchronized void blank(long wanted) throws ErrnoException {
    Blanking blanking = Blanking.of(wanted);
    if (!(device instanceof BlankableDevice blankable)) {
      throw new ErrnoException(Errno.EINVAL, name() + " cannot be blanked");
    }
    DriverCall.tell(device, "blank", () -> blankable.blank(blanking));
  }

  synchronized void getColours(ColourMapRequest request, UserMemory memory) throws ErrnoException {
    colours.get(request, memory);
  }

  synchronized void setColours(ColourMapRequest request, UserMemory memory) throws ErrnoException {
    colours.put(request, memory);
  }

  private void requireSaneSizes(ScreenGeometry wanted) throws ErrnoException {
    if (wanted.xres() < SMALLEST || wanted.yres() < SMALLEST) {
      throw refused(wanted, "expected at least 8x8");
    }
    if (overflows(wanted.xres(), wanted.yres())
        || overflows(wanted.xresVirtual(), wanted.yresVirtual())) {
      throw refused(wanted, "expected a product that fits in 32 bits");
    }
  }

  private static boolean overflows(long width, long height) {
    return Long.compareUnsigned(width * height, UNSIGNED_INT_MAX) > 0;
  }

  private void requireVirtualSize(ScreenGeometry checked) throws ErrnoException {
    if (checked.xresVirtual() < checked.xres() || checked.yresVirtual() < checked.yres()) {
      throw refused(checked, "expected a virtual size of at least the visible one");
    }
  }

  private void requireSteps(VariableScreenInfo wanted) throws ErrnoException {
    PanSteps steps = fixed().steps();
    int ystep = wanted.timing().wraps() ? steps.ywrapstep() : steps.ypanstep();
    if (!reachable(wanted.geometry().yoffset(), ystep)
        || !reachable(wanted.geometry().xoffset(), steps.xpanstep())) {
      throw refused(wanted.geometry(), "expected offsets in steps of " + steps);
    }
  }

  private static boolean reachable(long offset, int step) {
    return offset == 0 || (step != 0 && offset % step == 0);
  }

  private void requireWithinVirtualSize(VariableScreenInfo wanted) throws ErrnoException {
    ScreenGeometry now = mode.geometry();
    long height = wanted.timing().wraps() ? 0 : now.yres();
    if (wanted.geometry().yoffset() + height > now.yresVirtual()
        || wanted.geometry().xoffset() + now.xres() > now.xresVirtual()) {
      throw refused(wanted.geometry(), "expected offsets within " + now);
    }
  }

  private ErrnoException refused(ScreenGeometry wanted, String expected) {
    return new ErrnoException(Errno.EINVAL, "%s: %s: %s".formatted(name(), wanted, expected));
  }

  private String name() {
    return "frame buffer \"" + fixed().id() + "\"";
  }
}
