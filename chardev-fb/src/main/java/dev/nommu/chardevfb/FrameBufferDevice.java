package dev.nommu.chardevfb;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import java.util.Optional;

/**
 * The device-specific driver of one frame buffer, as {@code struct fb_ops}: what the core directs
 * its calls to. It is called by one thread at a time, but for {@link #memory} and the mapping
 * operations, which may be called at any time.
 *
 * <p>Further operations are interfaces: a device whose mode can be set is an {@link
 * AdjustableDevice}, one that can be panned a {@link PannableDevice}.
 */
interface FrameBufferDevice {
  /** Returns the memory; it never changes. */
  FrameMemory memory();

  /** Returns what is fixed in the mode that is set. */
  FixedScreenInfo fixed();

  /** Returns the mode the device has when the power comes on. */
  VariableScreenInfo initialMode();

  /** Returns how many entries the colour map has; 0 if there is none. */
  int colourMapLength();

  /**
   * Returns what may be mapped, or empty for the default of a character device: in place, readable
   * and writable, never copied (rules BDI-05 and FB-03).
   */
  default Optional<BackingDeviceInfo> backingDeviceInfo() {
    return Optional.empty();
  }

  /**
   * Says where a mapping would be; a device that does not override it has no such operation.
   *
   * @throws ErrnoException EINVAL for a mapping that does not fit
   */
  default Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    return Placement.DECLINED;
  }

  /** A device whose mode can be set, as {@code fb_check_var} and {@code fb_set_par}. */
  interface AdjustableDevice extends FrameBufferDevice {
    /**
     * Returns the mode the device has that is nearest to the one wanted. Nothing is changed.
     *
     * @throws ErrnoException EINVAL if none is near, ENOMEM if its picture is larger than the
     *     memory
     */
    VariableScreenInfo checkVar(VariableScreenInfo wanted) throws ErrnoException;

    /**
     * Sets a mode, offsets included.
     *
     * @param mode what {@link #checkVar} returned
     * @throws ErrnoException any: the mode is as it was
     */
    void setPar(VariableScreenInfo mode) throws ErrnoException;
  }

  /** A device that can be panned, as {@code fb_pan_display}. */
  interface PannableDevice extends FrameBufferDevice {
    /**
     * Looks at another part of the memory.
     *
     * @param mode the mode that is set
     * @param wanted a mode with the new offsets and YWRAP bit, within the steps and the virtual
     *     size
     * @throws ErrnoException EINVAL if the device cannot look there
     */
    void panDisplay(VariableScreenInfo mode, VariableScreenInfo wanted) throws ErrnoException;
  }
}
