package dev.nommu.mtd;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Divides a device into partitions (rule MTD-16). */
final class Partitioning {
  private final Mtd master;
  private final Consumer<String> log;
  private long end;

  private Partitioning(Mtd master, Consumer<String> log) {
    this.master = master;
    this.log = log;
  }

  /**
   * Returns an MTD for each partition, in order. A partition that begins past the end of the device
   * gets size 0; one that ends past it is truncated; one that does not begin and end at an erase
   * block boundary is read-only.
   *
   * @param log receives a line for each such partition
   */
  static List<Mtd> cut(Mtd master, List<Partition> partitions, Consumer<String> log) {
    Partitioning partitioning = new Partitioning(master, log);
    List<Mtd> parts = new ArrayList<>();
    partitions.forEach(partition -> parts.add(partitioning.part(partition)));
    return parts;
  }

  private Mtd part(Partition partition) {
    long offset = partition.offset().orElse(end);
    if (Long.compareUnsigned(offset, master.size()) >= 0) {
      return outOfReach(partition);
    }
    long left = master.size() - offset;
    long size = partition.size().orElse(left);
    if (Long.compareUnsigned(size, left) > 0) {
      tell(partition, "extends beyond the end of \"%s\": size truncated to 0x%x", left);
      size = left;
    }
    end = offset + size;
    return master.part(offset, info(partition, offset, size));
  }

  private void tell(Partition partition, String what, long bytes) {
    log.accept(
        "partition \"%s\" ".formatted(partition.name()) + what.formatted(master.name(), bytes));
  }

  private Mtd outOfReach(Partition partition) {
    tell(partition, "is out of reach of \"%s\", which has 0x%x bytes: disabled", master.size());
    MtdInfo info = master.info();
    return master.part(0, info.part(partition.name(), flags(partition), 0, info.eraseSize()));
  }

  private MtdInfo info(Partition partition, long offset, long size) {
    Set<MtdFlag> flags = flags(partition);
    boolean isWhole = isBoundary(offset) && isBoundary(offset + size);
    if (!isWhole && flags.remove(MtdFlag.WRITEABLE)) {
      tell(
          partition,
          "of \"%s\" does not begin and end at an erase block boundary: read-only",
          size);
    }
    return master.info().part(partition.name(), flags, size, eraseSize(offset, size));
  }

  private Set<MtdFlag> flags(Partition partition) {
    Set<MtdFlag> flags = EnumSet.noneOf(MtdFlag.class);
    flags.addAll(master.info().flags());
    flags.removeAll(partition.maskedFlags());
    return flags;
  }

  /** RAM has boundaries everywhere, since writing it needs no erase. */
  private boolean isBoundary(long position) {
    if (master.has(MtdFlag.NO_ERASE)) {
      return true;
    }
    List<EraseRegion> regions = master.info().regions();
    return regions.isEmpty()
        ? position % master.info().eraseSize() == 0
        : regions.stream().anyMatch(region -> region.isBoundary(position));
  }

  private long eraseSize(long offset, long size) {
    return master.info().regions().stream()
        .filter(region -> region.touches(offset, size))
        .mapToLong(EraseRegion::blockSize)
        .max()
        .orElse(master.info().eraseSize());
  }
}
