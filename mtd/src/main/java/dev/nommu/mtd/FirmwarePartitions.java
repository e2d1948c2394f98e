package dev.nommu.mtd;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The partitions a device tree gives a flash: a {@code partitions} node that is compatible with
 * {@code fixed-partitions}, or, as in older trees, children of the flash itself that have a {@code
 * reg} and no {@code compatible}.
 */
final class FirmwarePartitions {
  private static final String FIXED = "fixed-partitions";

  private FirmwarePartitions() {}

  /**
   * Returns the partitions of a node, in order; none if it describes none.
   *
   * @throws ErrnoException EINVAL if a description is malformed: node, property, expected, found
   */
  static List<Partition> of(FirmwareNode flash) throws ErrnoException {
    Optional<FirmwareNode> table =
        flash.children().stream().filter(child -> child.name().equals("partitions")).findFirst();
    List<Partition> partitions = new ArrayList<>();
    for (FirmwareNode node : nodes(table.orElse(flash))) {
      partitions.add(partition(node));
    }
    return partitions;
  }

  private static List<FirmwareNode> nodes(FirmwareNode parent) {
    if (parent.name().equals("partitions") && !parent.compatible().contains(FIXED)) {
      return List.of();
    }
    boolean fixed = parent.compatible().contains(FIXED);
    return parent.children().stream()
        .filter(node -> node.has("reg") && (fixed || node.compatible().isEmpty()))
        .toList();
  }

  private static Partition partition(FirmwareNode node) throws ErrnoException {
    List<AddressRange> reg = node.localReg();
    if (reg.size() != 1) {
      throw new ErrnoException(
          Errno.EINVAL, node.path() + ": reg: expected one offset and size, found " + reg.size());
    }
    AddressRange range = reg.getFirst();
    return new Partition(
        name(node),
        OptionalLong.of(range.start()),
        OptionalLong.of(range.length()),
        node.has("read-only") ? Set.of(MtdFlag.WRITEABLE) : Set.of());
  }

  private static String name(FirmwareNode node) throws ErrnoException {
    return node.string("label").orElseGet(() -> node.name().replaceFirst("@.*", ""));
  }
}
