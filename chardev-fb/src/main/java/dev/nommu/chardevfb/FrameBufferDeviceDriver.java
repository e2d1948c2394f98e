package dev.nommu.chardevfb;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import java.util.Optional;
import java.util.Set;

/**
 * A driver of one kind of frame buffer, below the core ({@link FrameBufferDriver}), as those in
 * {@code drivers/video/fbdev} of Linux. It says what the hardware is; {@code /dev/fbN}, its ioctls
 * and its colour map are the core's.
 *
 * <p>A module provides it with {@code provides dev.nommu.chardevfb.FrameBufferDeviceDriver with
 * ...} and, for the class path, in {@code META-INF/services}. The core makes it anew for each
 * machine and calls it while the machine boots, on one thread.
 */
public interface FrameBufferDeviceDriver extends AutoCloseable {
  /** Returns the name, such as {@code "vfb"}: the core asks its drivers in the order of names. */
  String name();

  /** Returns the {@code compatible} strings of the nodes it drives; may be empty. */
  Set<String> compatible();

  /**
   * Sets up the frame buffer a node describes.
   *
   * @param context the core's: what is claimed through it belongs to the frame buffer
   * @throws ErrnoException the frame buffer is left out, and the reason is listed; nothing it
   *     claimed stays
   */
  default FrameBufferDevice probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    throw new ErrnoException(Errno.ENODEV, node.path() + ": " + name() + " drives no nodes");
  }

  /**
   * Sets up a frame buffer that no node describes, or none. Called once, after all nodes were
   * probed.
   *
   * @throws ErrnoException as for {@link #probe}; no other driver's {@code init} has an effect then
   */
  default Optional<FrameBufferDevice> init(DeviceContext context) throws ErrnoException {
    return Optional.empty();
  }

  /**
   * Lets go of what the driver holds outside the machine, such as a window on the host's screen.
   * Called once, when the machine ends or its boot fails, in the reverse order of {@link #init},
   * whether there was anything to set up or not.
   *
   * @throws ErrnoException logged; the other drivers are closed all the same
   */
  @Override
  default void close() throws ErrnoException {}
}
