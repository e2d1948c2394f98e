package dev.nommu.devicetree;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The address space of a node's children: the widths of addresses and sizes in it, and its mapping
 * to the parent's (Devicetree Specification v0.4, 2.3.5 to 2.3.8).
 */
final class Bus {
  private static final int CELL = 4;
  private static final int WIDEST = 2;
  private static final String RANGES = "Devicetree Specification v0.4, 2.3.8";

  private final Node node;
  private final int addressCells;
  private final int sizeCells;

  private Bus(Node node, int addressCells, int sizeCells) {
    this.node = node;
    this.addressCells = addressCells;
    this.sizeCells = sizeCells;
  }

  static Bus of(Node node) throws DeviceTreeException {
    return new Bus(node, width(node, "#address-cells", 2), width(node, "#size-cells", 1));
  }

  private static int width(Node node, String name, int unlessSaid) throws DeviceTreeException {
    Property property = node.property(name).orElse(null);
    if (property == null) {
      return unlessSaid;
    }
    long cells = property.asU32();
    if (cells > WIDEST) {
      throw property.malformed("0, 1 or 2 cells (no wider addresses are supported)", "" + cells);
    }
    return (int) cells;
  }

  List<AddressRange> reg(Property reg) throws DeviceTreeException {
    List<AddressRange> ranges = new ArrayList<>();
    for (long[] row : rows(reg, addressCells, sizeCells)) {
      ranges.add(range(reg, row[0], row[1]));
    }
    return List.copyOf(ranges);
  }

  Translation translate(AddressRange range) throws DeviceTreeException {
    Node parent = node.parent().orElse(null);
    if (parent == null) {
      return new Translation.Mapped(range);
    }
    Property ranges = node.property("ranges").orElse(null);
    if (ranges == null) {
      return blocked(range, "has no ranges, so its addresses are not the CPU's");
    }
    return ranges.size() == 0 ? of(parent).translate(range) : translate(range, ranges, of(parent));
  }

  private Translation translate(AddressRange range, Property ranges, Bus parent)
      throws DeviceTreeException {
    for (long[] row : rows(ranges, addressCells, parent.addressCells, sizeCells)) {
      AddressRange here = range(ranges, row[0], row[2]);
      AddressRange above = range(ranges, row[1], row[2]);
      if (here.contains(new AddressRange(range.address(), 0))) {
        long address = above.address() + (range.address() - here.address());
        return parent.translate(range(ranges, address, range.size()));
      }
    }
    return blocked(range, "has no entry in ranges for the start of " + range);
  }

  private Translation blocked(AddressRange range, String reason) {
    return new Translation.Blocked(
        node, range, "bus %s %s (%s)".formatted(node.path(), reason, RANGES));
  }

  private static AddressRange range(Property property, long address, long size)
      throws DeviceTreeException {
    if (AddressRange.wraps(address, size)) {
      throw property.malformed(
          "ranges inside the 64-bit address space", AddressRange.show(address, size));
    }
    return new AddressRange(address, size);
  }

  /** Reads a property as rows of numbers, each with its width in cells from {@code widths}. */
  private static List<long[]> rows(Property property, int... widths) throws DeviceTreeException {
    int cells = Arrays.stream(widths).sum();
    if (cells == 0 || property.size() % (cells * CELL) != 0) {
      throw property.malformed(
          "entries of %d cells (%d bytes)".formatted(cells, cells * CELL),
          property.size() + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(property.bytes());
    List<long[]> rows = new ArrayList<>();
    while (bytes.hasRemaining()) {
      rows.add(Arrays.stream(widths).mapToLong(width -> number(bytes, width)).toArray());
    }
    return rows;
  }

  private static long number(ByteBuffer bytes, int width) {
    return switch (width) {
      case 0 -> 0;
      case 1 -> Integer.toUnsignedLong(bytes.getInt());
      default -> bytes.getLong();
    };
  }
}
