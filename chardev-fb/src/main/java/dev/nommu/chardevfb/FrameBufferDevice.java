package dev.nommu.chardevfb;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import java.util.Optional;

/**
 * One frame buffer, as {@code struct fb_info} with its {@code fb_ops}: the core delegates to it. It
 * is called by one thread at a time, except for {@link #memory} and the mapping operations, which
 * may be called at any time.
 *
 * <p>Further operations are separate interfaces: a device whose mode can be set is an {@link
 * AdjustableDevice}, one that can be panned a {@link PannableDevice}, one that can be blanked a
 * {@link BlankableDevice}. Without them the core behaves as for an empty slot of {@code fb_ops}.
 */
public interface FrameBufferDevice {
  /** Returns the memory; it never changes. */
  FrameMemory memory();

  /** Returns the fixed properties in the current mode. */
  FixedScreenInfo fixed();

  /** Returns the mode of the device at power-up. */
  VariableScreenInfo initialMode();

  /** Returns the number of entries of the colour map; 0 if there is none. */
  int colourMapLength();

  /**
   * Returns the mapping capabilities, or empty for the default of a character device: in place,
   * readable and writable, never copied (rules BDI-05 and FB-03).
   */
  default Optional<BackingDeviceInfo> backingDeviceInfo() {
    return Optional.empty();
  }

  /**
   * Returns the address of a mapping; most devices return {@link FrameMemory#place}. A device that
   * does not override it lacks the operation, and the core declines (ENOSYS). Not called under the
   * profile {@link dev.nommu.api.Profile#LINUX_6_12}, whose core computes the address itself (rule
   * FB-02).
   *
   * @throws ErrnoException EINVAL for a mapping that does not fit; the request then fails and never
   *     becomes a copy
   */
  default Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    return Placement.DECLINED;
  }

  /**
   * Consents to a mapping, as {@code fb_mmap}; by default to one at the address of its offset
   * ({@link FrameMemory#consent}).
   *
   * @param address the address of the mapping
   * @throws ErrnoException any: the mapping is not made
   */
  default Consent mmap(MapRequest request, long address) throws ErrnoException {
    return memory().consent(request, address);
  }

  /** A device whose mode can be set, as {@code fb_check_var} and {@code fb_set_par}. */
  interface AdjustableDevice extends FrameBufferDevice {
    /**
     * Returns the supported mode nearest to the wanted one. Nothing is changed.
     *
     * @throws ErrnoException EINVAL if none is near, ENOMEM if its picture is larger than the
     *     memory
     */
    VariableScreenInfo checkVar(VariableScreenInfo wanted) throws ErrnoException;

    /**
     * Sets a mode, offsets included.
     *
     * @param mode a mode that {@link #checkVar} returned
     * @throws ErrnoException any: the mode is unchanged
     */
    void setPar(VariableScreenInfo mode) throws ErrnoException;
  }

  /** A device that can be panned, as {@code fb_pan_display}. */
  interface PannableDevice extends FrameBufferDevice {
    /**
     * Pans to another part of the memory.
     *
     * @param mode the current mode
     * @param wanted a mode with the new offsets and YWRAP bit, within the steps and the virtual
     *     size
     * @throws ErrnoException EINVAL if the device cannot pan there
     */
    void panDisplay(VariableScreenInfo mode, VariableScreenInfo wanted) throws ErrnoException;
  }

  /** A device that can be blanked, as {@code fb_blank}. */
  interface BlankableDevice extends FrameBufferDevice {
    /**
     * Turns the screen off or on; the memory is unchanged.
     *
     * @throws ErrnoException EINVAL if the device does not support this level
     */
    void blank(Blanking wanted) throws ErrnoException;
  }
}
