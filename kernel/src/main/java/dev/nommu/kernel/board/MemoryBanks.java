package dev.nommu.kernel.board;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Page;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Node;
import dev.nommu.devicetree.Property;
import dev.nommu.kernel.board.MainMemory.Unused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The RAM that nodes with {@code device_type = "memory"} name, as {@code early_init_dt_scan_memory}
 * reads them: empty ranges are skipped, and only whole pages of the others count.
 */
final class MemoryBanks {
  /** The RAM address of RISC-V boards, for a tree without one. */
  private static final long USUAL_ADDRESS = 0x8000_0000L;

  private static final String SIZE_OPTION = "--memory SIZE[@ADDRESS]";

  private static final String USABLE = "linux,usable-memory";

  private final String board;
  private final List<Node> nodes;
  private final List<AddressRange> found = new ArrayList<>();
  private final List<Unused> unused = new ArrayList<>();

  private MemoryBanks(String board, DeviceTree tree) {
    this.board = board;
    this.nodes =
        tree.root().children().stream()
            .filter(node -> isMemory(node) && node.isAvailable())
            .toList();
  }

  /**
   * Reads the RAM of a tree.
   *
   * @param loader its RAM replaces the tree's
   * @throws BoardException if there is none: what was found instead, and how to specify it
   */
  static MemoryBanks read(String board, DeviceTree tree, BootLoader loader)
      throws DeviceTreeException, BoardException {
    MemoryBanks banks = new MemoryBanks(board, tree);
    if (!loader.memory().isEmpty()) {
      requireAddresses(board, loader);
      long usual = banks.firstAddress();
      for (BootLoader.Memory memory : loader.memory()) {
        banks.found.add(memory.from(board, usual));
      }
      return banks;
    }
    banks.readNodes();
    return banks;
  }

  private static void requireAddresses(String board, BootLoader loader) throws BoardException {
    long without = loader.memory().stream().filter(memory -> memory.address().isEmpty()).count();
    if (without > 1) {
      throw new BoardException(
          "%s: --memory: expected an address for all banks but one, found none for %d"
              .formatted(board, without));
    }
  }

  /** Returns the RAM, in tree order; at least one range. */
  List<AddressRange> ranges() {
    return found;
  }

  /** Returns the parts that are not used. */
  List<Unused> unused() {
    return unused;
  }

  private long firstAddress() throws DeviceTreeException {
    for (Node node : nodes) {
      for (dev.nommu.devicetree.AddressRange range : node.reg()) {
        if (range.address() >= 0) {
          return range.address() & -Page.SIZE;
        }
      }
    }
    return USUAL_ADDRESS;
  }

  private void readNodes() throws DeviceTreeException, BoardException {
    for (Node node : nodes) {
      for (dev.nommu.devicetree.AddressRange range : node.addresses(property(node))) {
        add(node, range);
      }
    }
    if (found.isEmpty()) {
      throw new BoardException(
          "%s: the tree has no RAM: %s; a boot loader fills it in: %s"
              .formatted(board, whatIsThere(), SIZE_OPTION));
    }
  }

  /** A range narrowed by a boot loader takes precedence over the memory that exists. */
  private static String property(Node node) {
    return node.property(USABLE).isPresent() ? USABLE : "reg";
  }

  private void add(Node node, dev.nommu.devicetree.AddressRange range) {
    if (range.size() == 0) {
      return;
    }
    long start = (range.address() + Page.SIZE - 1) & -Page.SIZE;
    long end = (range.address() + range.size()) & -Page.SIZE;
    if (range.address() < 0 || end <= start) {
      unused.add(new Unused(node.path(), "RAM: expected whole pages below 2^63, found " + range));
      return;
    }
    found.add(new AddressRange(start, end - start));
    if (end - start != range.size()) {
      unused.add(new Unused(node.path(), "RAM outside of whole pages of " + range));
    }
  }

  private String whatIsThere() {
    if (!unused.isEmpty()) {
      return unused.getFirst().node() + ": " + unused.getFirst().reason();
    }
    return nodes.isEmpty()
        ? "no node has device_type = \"memory\""
        : nodes.getFirst().path() + " says 0 bytes";
  }

  private static boolean isMemory(Node node) {
    return node.property("device_type")
        .flatMap(MemoryBanks::text)
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
