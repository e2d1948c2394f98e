package dev.nommu.chardevfb;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.ErrnoException;
import java.util.Optional;
import java.util.Set;

/**
 * Creates a virtual screen whose mode programs can set (rule FB-13), if {@code vfb.vfb_enable=1} is
 * on the command line: with {@code vfb.videomemorysize} bytes (default 1 MiB) of contiguous RAM and
 * {@code vfb.mode_option=WIDTHxHEIGHT-BITS} (default 640x480-8) as its first mode.
 */
public final class VirtualFrameBufferDriver implements FrameBufferDeviceDriver {
  /** Called by the core, once for each machine. */
  public VirtualFrameBufferDriver() {}

  /** Returns {@code "vfb"}. */
  @Override
  public String name() {
    return "vfb";
  }

  /** Returns an empty set: no node describes a virtual screen. */
  @Override
  public Set<String> compatible() {
    return Set.of();
  }

  /**
   * Allocates the memory of the screen, if it is enabled.
   *
   * @throws ErrnoException EINVAL for an invalid parameter; ENOMEM if there is no memory for the
   *     screen or it is too small for the mode
   */
  @Override
  public Optional<FrameBufferDevice> init(DeviceContext context) throws ErrnoException {
    VfbParameters parameters = VfbParameters.of(context);
    return parameters.enabled()
        ? Optional.of(VirtualFrameBuffer.of(parameters, context.pages()))
        : Optional.empty();
  }
}
