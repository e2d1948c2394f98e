package dev.nommu.api;

import java.util.List;
import java.util.Optional;

/**
 * A node of the description the machine was built from, as {@code struct fwnode_handle}.
 *
 * @since 0.1.0
 */
public interface FirmwareNode {
  /** Returns the name with the unit address, such as {@code flash@20000000}. */
  String name();

  /** Returns the path from the root, such as {@code /soc/serial@10000000}. */
  String path();

  /** Returns whether the node has this property, with or without a value. */
  boolean has(String property);

  /**
   * Returns the first string of a property, or empty if it does not exist.
   *
   * @throws ErrnoException EINVAL if it does not hold text: path, property, expected, found
   */
  Optional<String> string(String property) throws ErrnoException;

  /**
   * Returns the 32-bit cells of a property as unsigned numbers; empty if it does not exist.
   *
   * @throws ErrnoException EINVAL if its length is not a multiple of 4
   */
  List<Long> cells(String property) throws ErrnoException;

  /**
   * Returns the ranges in {@code reg} as physical addresses, translated through {@code ranges}.
   *
   * @throws ErrnoException EINVAL if {@code reg} is malformed or cannot be translated
   */
  List<AddressRange> reg() throws ErrnoException;

  /**
   * Returns the untranslated ranges in {@code reg}, in the parent's address space: the offsets of a
   * flash partition, for instance. They may be empty.
   *
   * @throws ErrnoException EINVAL if {@code reg} is malformed
   */
  List<BusRange> localReg() throws ErrnoException;

  /** Returns the {@code compatible} strings, most specific first. */
  List<String> compatible();

  /** Returns the children in the order of the description. */
  List<FirmwareNode> children();

  /**
   * Returns the unsigned number in a one-cell property, or empty if it does not exist.
   *
   * @throws ErrnoException EINVAL if it does not hold exactly one cell
   */
  default Optional<Long> cell(String property) throws ErrnoException {
    List<Long> cells = cells(property);
    if (cells.size() > 1) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s: %s: expected one cell, found %d (Devicetree Specification v0.4, 2.2.4)"
              .formatted(path(), property, cells.size()));
    }
    return cells.stream().findFirst();
  }
}
