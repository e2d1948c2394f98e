package dev.nommu.kernel.fs;

import dev.nommu.api.AddressRange;
import java.util.List;
import java.util.Optional;

/**
 * A store that a file system can be mounted from: a block device and its backing store.
 *
 * @param device the name of the block device below /dev
 * @param names additional names for mounting, such as {@code mtd0} and {@code mtd:rootfs}
 * @param size in bytes
 * @param range the addresses where it can be loaded from; empty if it has none
 */
public record StoreNode(
    String device, List<String> names, long size, Optional<AddressRange> range) {
  /** Copies the names. */
  public StoreNode {
    names = List.copyOf(names);
  }
}
