package dev.nommu.devicetree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A named value of a node. The tree stores only bytes; the {@code as} methods read them as one of
 * the value types of the Devicetree Specification v0.4, 2.2.4, and throw {@link
 * DeviceTreeException} naming path, property, expected and found on failure.
 *
 * <p>Two properties are equal if their names and bytes are.
 */
public final class Property {
  private static final int CELL = 4;

  private final Node node;
  private final String name;
  private final byte[] value;
  private final Location location;

  Property(Node node, String name, byte[] value, Location location) {
    this.node = node;
    this.name = name;
    this.value = value;
    this.location = location;
  }

  /** Returns the name, such as {@code #address-cells}. */
  public String name() {
    return name;
  }

  /** Returns the node of the property. */
  public Node node() {
    return node;
  }

  /** Returns the location of the property in its source. */
  public Location location() {
    return location;
  }

  /** Returns the length of the value in bytes; 0 for a property that is a flag. */
  public int size() {
    return value.length;
  }

  /** Returns the value; the array is the caller's. */
  public byte[] bytes() {
    return value.clone();
  }

  /**
   * Returns the value as one string, {@code <string>} of the specification.
   *
   * @throws DeviceTreeException if it is not exactly one string that ends in a NUL
   */
  public String asString() throws DeviceTreeException {
    List<String> strings = strings("one string");
    if (strings.size() != 1) {
      throw malformed("one string", strings.size() + " strings");
    }
    return strings.getFirst();
  }

  /**
   * Returns the value as a list of at least one string, {@code <stringlist>} of the specification.
   * Bytes are decoded as UTF-8; invalid ones become U+FFFD.
   *
   * @throws DeviceTreeException if the value is empty or does not end in a NUL
   */
  public List<String> asStrings() throws DeviceTreeException {
    return strings("strings");
  }

  /**
   * Returns the value as an unsigned number of one cell, 0 to 0xffffffff: {@code <u32>}.
   *
   * @throws DeviceTreeException if it is not 4 bytes long
   */
  public long asU32() throws DeviceTreeException {
    return cell().orElseThrow(() -> wrongSize("one 32-bit cell (4 bytes)"));
  }

  /**
   * Returns the value as an unsigned number of two cells: {@code <u64>}.
   *
   * @throws DeviceTreeException if it is not 8 bytes long
   */
  public long asU64() throws DeviceTreeException {
    if (value.length != 2 * CELL) {
      throw wrongSize("two 32-bit cells (8 bytes)");
    }
    return ByteBuffer.wrap(value).getLong();
  }

  /**
   * Returns the value as cells, unsigned, each 0 to 0xffffffff; none for an empty value.
   *
   * @throws DeviceTreeException if its length is not a multiple of 4 bytes
   */
  public List<Long> asCells() throws DeviceTreeException {
    if (value.length % CELL != 0) {
      throw wrongSize("32-bit cells (a multiple of 4 bytes)");
    }
    return cells().toList();
  }

  /** Returns the whole cells in the value; an incomplete one at the end is ignored. */
  Stream<Long> cells() {
    ByteBuffer cells = ByteBuffer.wrap(value);
    return IntStream.range(0, value.length / CELL)
        .mapToObj(i -> Integer.toUnsignedLong(cells.getInt(i * CELL)));
  }

  /** Returns the value if it is exactly one string, else empty. */
  Optional<String> text() {
    int last = value.length - 1;
    boolean oneString = last >= 0 && firstNul() == last;
    return oneString
        ? Optional.of(new String(value, 0, last, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** Returns the strings in the value, or none if it holds something else; like {@link #text}. */
  List<String> texts() {
    int last = value.length - 1;
    return last < 0 || value[last] != 0
        ? List.of()
        : List.of(new String(value, 0, last, StandardCharsets.UTF_8).split("\0", -1));
  }

  /** Returns the value if it is exactly one cell, else empty. */
  Optional<Long> cell() {
    return value.length == CELL
        ? Optional.of(Integer.toUnsignedLong(ByteBuffer.wrap(value).getInt()))
        : Optional.empty();
  }

  /** Returns the cell at an offset, which is in the value; unsigned. */
  long cellAt(int offset) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(value).getInt(offset));
  }

  /** Replaces the cell at an offset while the tree is built. */
  void putCell(int offset, int cell) {
    ByteBuffer.wrap(value).putInt(offset, cell);
  }

  DeviceTreeException malformed(String expected, String found) {
    return new DeviceTreeException(location, node.path() + ": property " + name, expected, found);
  }

  private List<String> strings(String expected) throws DeviceTreeException {
    if (value.length == 0) {
      throw malformed(expected, "no value");
    }
    if (value[value.length - 1] != 0) {
      throw malformed(
          expected + " ending in NUL",
          "%d bytes that end in 0x%02x".formatted(value.length, value[value.length - 1]));
    }
    return texts();
  }

  private int firstNul() {
    return IntStream.range(0, value.length).filter(i -> value[i] == 0).findFirst().orElse(-1);
  }

  private DeviceTreeException wrongSize(String expected) {
    return malformed(expected, value.length + " bytes");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Property that
        && name.equals(that.name)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(value);
  }

  /** Returns name and length, for debugging. */
  @Override
  public String toString() {
    return "%s (%d bytes)".formatted(name, value.length);
  }
}
