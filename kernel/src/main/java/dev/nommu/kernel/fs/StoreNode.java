package dev.nommu.kernel.fs;

import dev.nommu.api.AddressRange;
import java.util.List;
import java.util.Optional;

/**
 * A store that a file system can be mounted from: a block device and what lies behind it.
 *
 * @param device the name of the block device below /dev
 * @param names by which it can be mounted besides, such as {@code mtd0} and {@code mtd:rootfs}
 * @param size bytes
 * @param range where it answers loads; empty if it has no addresses
 */
public record StoreNode(
    String device, List<String> names, long size, Optional<AddressRange> range) {
  /** Takes an immutable copy. */
  public StoreNode {
    names = List.copyOf(names);
  }
}
