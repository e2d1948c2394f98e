package dev.nommu.kernel.proc;

import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Node;
import dev.nommu.devicetree.Property;
import java.util.List;
import java.util.Optional;

/** The processors of a machine, as its device tree lists them. Immutable. */
public final class Processors {
  /** The ISA that programs see, whichever processor the tree describes. */
  private static final String ISA = "rv64imafdc_zicsr_zifencei";

  private final List<Node> nodes;

  private Processors(List<Node> nodes) {
    this.nodes = nodes;
  }

  /** Returns the processors of the {@code cpu} nodes below {@code /cpus} that are not disabled. */
  public static Processors in(DeviceTree tree) {
    return new Processors(
        tree.root().child("cpus").stream()
            .flatMap(cpus -> cpus.children().stream())
            .filter(Processors::isProcessor)
            .toList());
  }

  private static boolean isProcessor(Node node) {
    return node.name().startsWith("cpu@") && node.isAvailable();
  }

  /** Returns their number; 1 if the tree lists none. */
  public int count() {
    return Math.max(1, nodes.size());
  }

  /**
   * Returns the text of {@code /proc/cpuinfo}, as {@code c_show} of riscv writes it (rule PROC-21).
   */
  public String text() {
    if (nodes.isEmpty()) {
      return block(0, 0, Optional.empty());
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      text.append(block(i, hart(node), compatible(node)));
    }
    return text.toString();
  }

  private static String block(int number, long hart, Optional<String> compatible) {
    return "processor\t: %d\nhart\t\t: %d\nisa\t\t: %s\nmmu\t\t: none\n"
            .formatted(number, hart, ISA)
        + compatible.map("uarch\t\t: %s\n"::formatted).orElse("")
        + "mvendorid\t: 0x0\nmarchid\t\t: 0x0\nmimpid\t\t: 0x0\nhart isa\t: %s\n\n".formatted(ISA);
  }

  private static Optional<String> compatible(Node node) {
    try {
      return node.compatible().stream().findFirst().filter(first -> !first.equals("riscv"));
    } catch (DeviceTreeException malformed) {
      return Optional.empty();
    }
  }

  /** Returns the value of {@code reg}, of one cell or two; 0 if it is malformed. */
  private static long hart(Node node) {
    return node.property("reg").map(Processors::number).orElse(0L);
  }

  private static long number(Property reg) {
    try {
      long number = 0;
      for (long cell : reg.asCells()) {
        number = number << Integer.SIZE | cell;
      }
      return number;
    } catch (DeviceTreeException malformed) {
      return 0;
    }
  }
}
