package dev.nommu.mtd;

import dev.nommu.api.BusRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The partitions of a flash in a device tree: in a {@code partitions} node compatible with {@code
 * fixed-partitions} or, in older trees, the children of the flash that have a {@code reg} and no
 * {@code compatible}.
 */
final class FirmwarePartitions {
  private static final String FIXED = "fixed-partitions";

  private FirmwarePartitions() {}

  /**
   * Returns the partitions of a device, in order; an empty list if its node describes none.
   *
   * @throws ErrnoException EINVAL if a description is malformed: node, property, expected, found
   */
  static List<Partition> of(FirmwareNode flash) throws ErrnoException {
    Optional<FirmwareNode> table = node(flash);
    return partitions(table.isPresent() ? table(table.get()) : older(flash));
  }

  /** Returns the node {@code partitions} of a device, or empty. */
  static Optional<FirmwareNode> node(FirmwareNode flash) {
    return flash.children().stream().filter(child -> child.name().equals("partitions")).findFirst();
  }

  /**
   * Returns the partitions within the partition of a node, in order; an empty list if there are
   * none.
   *
   * @throws ErrnoException as for {@link #of}
   */
  static List<Partition> inPartition(FirmwareNode partition) throws ErrnoException {
    return partitions(table(partition));
  }

  private static List<FirmwareNode> table(FirmwareNode table) {
    return table.compatible().contains(FIXED)
        ? table.children().stream().filter(node -> node.has("reg")).toList()
        : List.of();
  }

  private static List<FirmwareNode> older(FirmwareNode flash) {
    return flash.children().stream()
        .filter(node -> node.has("reg") && node.compatible().isEmpty())
        .toList();
  }

  private static List<Partition> partitions(List<FirmwareNode> nodes) throws ErrnoException {
    List<Partition> partitions = new ArrayList<>();
    for (FirmwareNode node : nodes) {
      partitions.add(partition(node));
    }
    return partitions;
  }

  /** A size of 0 means MTDPART_SIZ_FULL. */
  private static Partition partition(FirmwareNode node) throws ErrnoException {
    List<BusRange> reg = node.localReg();
    if (reg.size() != 1) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s: reg: expected one offset and size, found %d (partition.yaml)"
              .formatted(node.path(), reg.size()));
    }
    BusRange range = reg.getFirst();
    return new Partition(
        name(node),
        OptionalLong.of(range.start()),
        range.size() == 0 ? OptionalLong.empty() : OptionalLong.of(range.size()),
        maskedFlags(node),
        Optional.of(node));
  }

  private static Set<MtdFlag> maskedFlags(FirmwareNode node) {
    Set<MtdFlag> masked = EnumSet.noneOf(MtdFlag.class);
    if (node.has("read-only")) {
      masked.add(MtdFlag.WRITEABLE);
    }
    if (node.has("lock")) {
      masked.add(MtdFlag.POWERUP_LOCK);
    }
    return masked;
  }

  private static String name(FirmwareNode node) throws ErrnoException {
    return node.string("label").orElseGet(() -> node.name().replaceFirst("@.*", ""));
  }
}
