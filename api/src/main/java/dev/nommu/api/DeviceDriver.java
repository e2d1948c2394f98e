package dev.nommu.api;

import java.util.Set;

/**
 * A driver: the service a driver plugin provides. The kernel creates one per machine, so it may
 * keep that machine's state in fields. While the machine boots, {@link #probe} is called for each
 * node it drives and then {@link #init} once, all on one thread; {@link #close} is called when the
 * machine ends. A device that is plugged into the running machine is probed later, on the thread
 * that plugs it, one at a time; {@link DeviceContext#onRemove} registers what to undo when it is
 * unplugged.
 *
 * @since 0.1.0
 */
public interface DeviceDriver extends AutoCloseable {
  /** Returns the name of the driver, such as {@code "physmap"}. */
  String name();

  /** Returns the {@code compatible} strings of the nodes it drives; may be empty. */
  Set<String> compatible();

  /**
   * Sets up the device a node describes: claims its addresses and registers its devices.
   *
   * @throws ErrnoException the device is left out and the reason listed; all it registered or
   *     claimed is undone. The driver itself releases resources outside the machine
   */
  default void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {}

  /**
   * Sets up devices that no node describes, from the kernel's command line: {@code ram0}, {@code
   * null}. Called once, after all nodes were probed.
   *
   * @throws ErrnoException as for {@link #probe}
   */
  default void init(DeviceContext context) throws ErrnoException {}

  /**
   * Releases resources outside the machine, such as a thread, a socket or a file of the host.
   * Called once when the machine ends, even if its boot failed, for every driver whose probe or
   * init was called, even if that failed.
   *
   * <p>By then programs have ended, and files and file systems are closed. The driver's memory is
   * still valid, and stores to persistent memory are still kept. Drivers are closed in the reverse
   * order of {@link #init}.
   *
   * @throws ErrnoException logged; the machine ends all the same
   */
  @Override
  default void close() throws ErrnoException {}
}
