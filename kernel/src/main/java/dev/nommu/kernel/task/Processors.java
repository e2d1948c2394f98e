package dev.nommu.kernel.task;

import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.Node;

/** The processors that a tree says a machine has. Stateless. */
final class Processors {
  private Processors() {}

  /** Returns how many {@code cpu} nodes below {@code /cpus} are not disabled; at least 1. */
  static int in(DeviceTree tree) {
    long found =
        tree.root().child("cpus").stream()
            .flatMap(cpus -> cpus.children().stream())
            .filter(Processors::isProcessor)
            .count();
    return (int) Math.max(1, found);
  }

  private static boolean isProcessor(Node node) {
    return node.name().startsWith("cpu@") && node.isAvailable();
  }
}
