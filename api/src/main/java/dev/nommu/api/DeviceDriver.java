package dev.nommu.api;

import java.util.Set;

/**
 * A driver: what a driver plugin provides. The kernel makes one anew for each machine, so it may
 * keep the state of its machine in fields. Both methods are called while the machine boots, on one
 * thread.
 */
public interface DeviceDriver {
  /** Returns the name of the driver, such as {@code "physmap"}. */
  String name();

  /** Returns the {@code compatible} strings of the nodes it drives; may be empty. */
  Set<String> compatible();

  /**
   * Sets up the device a node describes: claims its addresses and registers what it offers.
   *
   * @throws ErrnoException the device is left out, and the reason is listed; nothing it registered
   *     stays
   */
  default void probe(FirmwareNode node, DeviceContext context) throws ErrnoException {}

  /**
   * Sets up devices that no node describes, from the kernel's command line: {@code ram0}, {@code
   * null}. Called once, after all nodes were probed.
   *
   * @throws ErrnoException as for {@link #probe}
   */
  default void init(DeviceContext context) throws ErrnoException {}
}
