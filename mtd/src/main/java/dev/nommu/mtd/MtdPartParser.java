package dev.nommu.mtd;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import java.util.List;
import java.util.Set;

/**
 * A parser of partition tables stored in a device, as {@code struct mtd_part_parser}; plugins
 * provide it through {@link java.util.ServiceLoader} (rule MTD-21). The driver creates a new one
 * for each machine and calls it on the probing thread.
 *
 * @since 0.1.0
 */
public interface MtdPartParser {
  /** Returns the name, such as {@code "redboot"}. */
  String name();

  /**
   * Returns the {@code compatible} strings of the {@code partitions} nodes that it parses. The
   * driver handles {@code "fixed-partitions"} itself.
   */
  Set<String> compatible();

  /**
   * Finds the partitions.
   *
   * @param contents the contents of the device
   * @param partitions the node
   * @return the partitions in order; an empty list leaves the device whole
   * @throws ErrnoException the error of a read, or EINVAL if the table is damaged: it is logged,
   *     and the device stays whole
   */
  List<MtdPart> parse(MtdContents contents, FirmwareNode partitions) throws ErrnoException;
}
