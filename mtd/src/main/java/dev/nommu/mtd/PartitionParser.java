package dev.nommu.mtd;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Finds the partitions of a device, as {@code parse_mtd_partitions} does: those of the command
 * line, otherwise those of the device tree or of the table in the device that it refers to (rule
 * MTD-21). Malformed command-line partitions or tables are reported and ignored (rule MTD-16).
 *
 * @param context the machine
 * @param parsers the parsers of tables in devices
 * @param masters the names of the parsed devices, added by {@link #parse}
 */
record PartitionParser(DeviceContext context, PartParsers parsers, SortedSet<String> masters) {
  private static final String PARAMETER = "mtdparts";

  /**
   * Returns the MTDs to register for a device: its partitions, each before its own partitions, or
   * the device itself if it has none.
   *
   * @param node the node that describes the device, if any
   * @throws ErrnoException EINVAL if the device tree is malformed, EIO
   */
  List<FoundMtd> parse(Mtd master, Optional<FirmwareNode> node) throws ErrnoException {
    masters.add(master.name());
    List<Partition> partitions = partitions(master, node);
    List<FoundMtd> found = new ArrayList<>();
    if (partitions.isEmpty()) {
      found.add(new FoundMtd(master, node));
    } else {
      addParts(master, partitions, found);
    }
    for (FoundMtd each : found) {
      unlock(each.mtd());
    }
    return found;
  }

  /** Reports that {@code mtdparts} has no effect if it names none of the devices. */
  void requireMasterOfCommandLine() {
    List<String> values = context.parameters(PARAMETER);
    if (!values.isEmpty() && !CommandLinePartitions.isFor(values.getLast(), masters)) {
      context.ignoreParameter(
          PARAMETER, values.getLast(), "expected the name of an MTD, one of %s".formatted(masters));
    }
  }

  private List<Partition> partitions(Mtd master, Optional<FirmwareNode> node)
      throws ErrnoException {
    List<Partition> ofCommandLine = ofCommandLine(master);
    if (!ofCommandLine.isEmpty() || node.isEmpty()) {
      return ofCommandLine;
    }
    Optional<FirmwareNode> table = FirmwarePartitions.node(node.get());
    Optional<MtdPartParser> parser = table.flatMap(parsers::find);
    return parser.isPresent()
        ? ofTable(parser.get(), master, table.get())
        : FirmwarePartitions.of(node.get());
  }

  private List<Partition> ofTable(MtdPartParser parser, Mtd master, FirmwareNode table) {
    try {
      return PartParsers.parse(parser, master, table);
    } catch (ErrnoException damaged) {
      context.warn("%s: %s".formatted(table.path(), damaged.describe()));
      return List.of();
    }
  }

  private List<Partition> ofCommandLine(Mtd master) {
    List<String> values = context.parameters(PARAMETER);
    if (values.isEmpty()) {
      return List.of();
    }
    try {
      List<Partition> asked = CommandLinePartitions.of(values.getLast(), master.name());
      return CommandLinePartitions.fitted(asked, master, context::warn);
    } catch (ErrnoException malformed) {
      context.ignoreParameter(PARAMETER, values.getLast(), String.valueOf(malformed.getMessage()));
      return List.of();
    }
  }

  private void addParts(Mtd master, List<Partition> partitions, List<FoundMtd> found)
      throws ErrnoException {
    List<Mtd> parts = Partitioning.cut(master, partitions, context::warn);
    for (int i = 0; i < parts.size(); i++) {
      Optional<FirmwareNode> node = partitions.get(i).node();
      found.add(new FoundMtd(parts.get(i), node));
      if (node.isPresent()) {
        addParts(parts.get(i), FirmwarePartitions.inPartition(node.get()), found);
      }
    }
  }

  /** Some chips lock all their blocks at power-up (MTD_POWERUP_LOCK). */
  private static void unlock(Mtd mtd) throws ErrnoException {
    if (mtd.has(MtdFlag.POWERUP_LOCK) && mtd.has(MtdFlag.WRITEABLE) && mtd.size() > 0) {
      mtd.locks().unlock(0, mtd.size());
    }
  }
}
