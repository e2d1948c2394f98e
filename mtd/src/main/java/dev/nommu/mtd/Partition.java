package dev.nommu.mtd;

import dev.nommu.api.FirmwareNode;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A requested partition, as {@code struct mtd_partition}.
 *
 * @param name the name of its MTD
 * @param offset of its first byte, or empty for the end of the previous partition
 *     (MTDPART_OFS_APPEND)
 * @param size bytes, or empty for the rest of the device (MTDPART_SIZ_FULL)
 * @param maskedFlags flags of the device that the partition does not have
 * @param node the node that describes it, if any
 */
record Partition(
    String name,
    OptionalLong offset,
    OptionalLong size,
    Set<MtdFlag> maskedFlags,
    Optional<FirmwareNode> node) {
  /** Takes an immutable copy of the flags. */
  Partition {
    maskedFlags = Set.copyOf(maskedFlags);
  }

  /** Returns this partition with an offset and a size. */
  Partition at(long start, long bytes) {
    return new Partition(name, OptionalLong.of(start), OptionalLong.of(bytes), maskedFlags, node);
  }
}
