package dev.nommu.chardevfb;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import java.util.Optional;
import java.util.Set;

/**
 * A driver of one kind of frame buffer, below the core ({@link FrameBufferDriver}), as those in
 * Linux's {@code drivers/video/fbdev}. It describes the hardware; the core implements {@code
 * /dev/fbN}, its ioctls and its colour map.
 *
 * <p>A module provides it with {@code provides dev.nommu.chardevfb.FrameBufferDeviceDriver with
 * ...} and, for the class path, in {@code META-INF/services}. The core creates a new one for each
 * machine and calls it while the machine boots, on one thread.
 */
public interface FrameBufferDeviceDriver extends AutoCloseable {
  /**
   * Returns the name, such as {@code "vfb"}: the core calls its drivers in the order of their
   * names.
   */
  String name();

  /** Returns the {@code compatible} strings of the nodes it drives; may be empty. */
  Set<String> compatible();

  /**
   * Sets up the frame buffer a node describes.
   *
   * @param context the core's; resources claimed through it belong to the frame buffer
   * @throws ErrnoException the frame buffer is skipped, the reason is listed and its claims are
   *     released
   */
  default FrameBufferDevice probe(FirmwareNode node, DeviceContext context) throws ErrnoException {
    throw new ErrnoException(Errno.ENODEV, node.path() + ": " + name() + " drives no nodes");
  }

  /**
   * Sets up a frame buffer that no node describes, if any. Called once, after all nodes have been
   * probed.
   *
   * @throws ErrnoException as for {@link #probe}; then no driver's {@code init} has an effect
   */
  default Optional<FrameBufferDevice> init(DeviceContext context) throws ErrnoException {
    return Optional.empty();
  }

  /**
   * Releases resources outside the machine, such as a window on the host's screen. Called once,
   * when the machine ends or its boot fails, in the reverse order of {@link #init}, even if nothing
   * was set up.
   *
   * @throws ErrnoException logged; the other drivers are still closed
   */
  @Override
  default void close() throws ErrnoException {}
}
