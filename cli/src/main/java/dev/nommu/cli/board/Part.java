package dev.nommu.cli.board;

import dev.nommu.api.AddressRange;
import dev.nommu.kernel.board.Probed.Outcome;
import java.util.List;

/**
 * A node of the device tree, with its outcome.
 *
 * @param path its path, or the name of a driver without a node
 * @param name the last name of the path
 * @param addresses its addresses
 * @param compatible its compatible strings
 * @param outcomes its outcomes, in order; none if it needs no driver
 * @param devices the devices its driver registered
 * @param children the nodes below it that have something to show
 */
record Part(
    String path,
    String name,
    List<AddressRange> addresses,
    List<String> compatible,
    List<Outcome> outcomes,
    List<Device> devices,
    List<Part> children) {
  /** Takes immutable copies. */
  Part {
    addresses = List.copyOf(addresses);
    compatible = List.copyOf(compatible);
    outcomes = List.copyOf(outcomes);
    devices = List.copyOf(devices);
    children = List.copyOf(children);
  }

  /** Returns whether there is anything to show. */
  boolean isShown() {
    return !outcomes.isEmpty() || !devices.isEmpty() || !children.isEmpty();
  }
}
