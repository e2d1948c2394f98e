package dev.nommu.kernel.task;

import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Node;
import dev.nommu.devicetree.Property;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The frequency of the timer of a machine's processors: {@code timebase-frequency} of {@code
 * /cpus}, or of a processor there.
 *
 * @param hertz ticks a second, 1 or more
 */
record Timebase(long hertz) {
  private static final long NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

  private static final long LARGEST = 1L << 32;

  /** The default, as on QEMU's virt. */
  private static final Timebase STANDARD = new Timebase(10_000_000);

  static Timebase of(DeviceTree tree) {
    Optional<Node> cpus = tree.root().child("cpus");
    if (cpus.isEmpty()) {
      return STANDARD;
    }
    Optional<Timebase> common = in(cpus.get());
    List<Node> each = cpus.get().children();
    return common
        .or(() -> each.stream().map(Timebase::in).flatMap(Optional::stream).findFirst())
        .orElse(STANDARD);
  }

  private static Optional<Timebase> in(Node node) {
    return node.property("timebase-frequency")
        .map(Timebase::number)
        .filter(hertz -> hertz > 0 && hertz <= LARGEST)
        .map(Timebase::new);
  }

  /** Reads one cell or two; 0 if it is neither. */
  private static long number(Property property) {
    try {
      long number = 0;
      for (long cell : property.asCells()) {
        number = number << Integer.SIZE | cell;
      }
      return number;
    } catch (DeviceTreeException malformed) {
      return 0;
    }
  }

  /** Returns the ticks at a time. */
  long ticks(long nanos) {
    long whole = nanos / NANOS_A_SECOND * hertz;
    return whole + nanos % NANOS_A_SECOND * hertz / NANOS_A_SECOND;
  }
}
