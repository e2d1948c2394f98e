package dev.nommu.mtd;

import dev.nommu.api.FirmwareNode;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A partition that is asked for, as {@code struct mtd_partition}.
 *
 * @param name the name of its MTD
 * @param offset where it begins, or empty for where the one before it ends (MTDPART_OFS_APPEND)
 * @param size bytes, or empty for all that is left (MTDPART_SIZ_FULL)
 * @param maskedFlags flags of the device that the partition is not to have
 * @param node the node that describes it, if one does
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

  /** Returns this partition at a place. */
  Partition at(long start, long bytes) {
    return new Partition(name, OptionalLong.of(start), OptionalLong.of(bytes), maskedFlags, node);
  }
}
