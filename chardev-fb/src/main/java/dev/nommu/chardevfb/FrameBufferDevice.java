package dev.nommu.chardevfb;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import java.util.Optional;

/**
 * One frame buffer, as {@code struct fb_info} with its {@code fb_ops}: what the core directs its
 * calls to. It is called by one thread at a time, but for {@link #memory} and the mapping
 * operations, which may be called at any time.
 *
 * <p>Further operations are interfaces: a device whose mode can be set is an {@link
 * AdjustableDevice}, one that can be panned a {@link PannableDevice}, one that can be blanked a
 * {@link BlankableDevice}. Without them the core answers as for an empty slot of {@code fb_ops}.
 */
public interface FrameBufferDevice {
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
   * Says where a mapping would be; most devices say {@link FrameMemory#place}. A device that does
   * not override it has no such operation, and the core declines for it (ENOSYS). Not asked under
   * the profile {@link dev.nommu.api.Profile#LINUX_6_12}, whose core answers itself (rule FB-02).
   *
   * @throws ErrnoException EINVAL for a mapping that does not fit; the request fails with it and is
   *     never copied
   */
  default Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    return Placement.DECLINED;
  }

  /**
   * Consents to a mapping, as {@code fb_mmap}; a device that does not override it consents to what
   * lies where its offset says ({@link FrameMemory#consent}).
   *
   * @param address where the mapping would be
   * @throws ErrnoException any: the mapping is not made
   */
  default Consent mmap(MapRequest request, long address) throws ErrnoException {
    return memory().consent(request, address);
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

  /** A device that can be blanked, as {@code fb_blank}. */
  interface BlankableDevice extends FrameBufferDevice {
    /**
     * Turns the screen off or on; the memory stays as it is.
     *
     * @throws ErrnoException EINVAL if the device cannot do this much
     */
    void blank(Blanking wanted) throws ErrnoException;
  }
}
