package dev.nommu.api;

/**
 * The events of a mapping for the driver that consented to it, as {@code vm_operations_struct}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface VmOperations {
  /**
   * The mapping is removed, as {@code vm_ops->close()}. Called once, with the last mapping of the
   * region; under the profile {@link Profile#LINUX_6_12} for every mapping (rule DIR-11).
   *
   * @param mapping the addresses that were mapped
   */
  void close(AddressRange mapping);
}
