package dev.nommu.mtd;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import java.util.List;
import java.util.Set;

/**
 * Finds the partitions that a device keeps a table of, as {@code struct mtd_part_parser}: what a
 * plugin provides, found by {@link java.util.ServiceLoader} (rule MTD-21). The driver makes one
 * anew for each machine and calls it on the thread that probes.
 *
 * @since 0.1.0
 */
public interface MtdPartParser {
  /** Returns the name, such as {@code "redboot"}. */
  String name();

  /**
   * Returns the {@code compatible} strings of the nodes {@code partitions} that it knows. {@code
   * "fixed-partitions"} is the driver's own.
   */
  Set<String> compatible();

  /**
   * Finds the partitions.
   *
   * @param contents what is in the device
   * @param partitions the node
   * @return the partitions in order; an empty list leaves the device whole
   * @throws ErrnoException what reading throws, EINVAL for a table that is damaged: it is logged,
   *     and the device is whole
   */
  List<MtdPart> parse(MtdContents contents, FirmwareNode partitions) throws ErrnoException;
}
