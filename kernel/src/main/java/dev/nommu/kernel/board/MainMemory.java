package dev.nommu.kernel.board;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Page;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Node;
import dev.nommu.devicetree.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The RAM of a board, one bank: the first range that a node with {@code device_type = "memory"}
 * names.
 *
 * @param node the path of the node
 * @param ram its addresses, whole pages
 * @param unused the other ranges of such nodes, in the order of the tree
 */
public record MainMemory(String node, AddressRange ram, List<Range> unused) {
  /** Takes an immutable copy. */
  public MainMemory {
    unused = List.copyOf(unused);
  }

  /**
   * A range that a node names.
   *
   * @param node the path of the node
   * @param range its addresses, as the tree says
   */
  public record Range(String node, dev.nommu.devicetree.AddressRange range) {}

  static MainMemory read(String board, DeviceTree tree) throws DeviceTreeException, BoardException {
    List<Range> ranges = new ArrayList<>();
    for (Node node : tree.root().children()) {
      if (isMemory(node) && node.isAvailable()) {
        node.reg().forEach(range -> ranges.add(new Range(node.path(), range)));
      }
    }
    if (ranges.isEmpty()) {
      throw new BoardException(
          board + ": expected a node with device_type = \"memory\" and a reg, found none");
    }
    Range first = ranges.removeFirst();
    return new MainMemory(first.node(), ram(board, first), ranges);
  }

  private static AddressRange ram(String board, Range first) throws BoardException {
    var reg = first.range();
    boolean usable =
        reg.address() >= 0
            && reg.size() > 0
            && Page.isAligned(reg.address())
            && Page.isAligned(reg.size());
    if (!usable) {
      throw new BoardException(
          "%s: %s: expected RAM of whole pages, found %s".formatted(board, first.node(), reg));
    }
    return new AddressRange(reg.address(), reg.size());
  }

  private static boolean isMemory(Node node) {
    return node.property("device_type")
        .flatMap(MainMemory::text)
        .filter("memory"::equals)
        .isPresent();
  }

  private static Optional<String> text(Property property) {
    try {
      return Optional.of(property.asString());
    } catch (DeviceTreeException notText) {
      return Optional.empty();
    }
  }
}
