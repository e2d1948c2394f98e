package dev.nommu.devicetree;

/**
 * A range of addresses: an entry of {@code reg}, or a memory reservation.
 *
 * @param address the first address, unsigned
 * @param size bytes, unsigned; 0 where the bus has no sizes ({@code #size-cells = <0>}), as for
 *     CPUs. The range may end at the end of the 64-bit address space but not wrap.
 */
public record AddressRange(long address, long size) {
  /** Checks that the range does not wrap. */
  public AddressRange {
    if (wraps(address, size)) {
      throw new IllegalArgumentException(show(address, size) + " wraps around");
    }
  }

  /** Returns whether a range would extend past the end of the 64-bit address space. */
  static boolean wraps(long address, long size) {
    return size != 0 && Long.compareUnsigned(address + (size - 1), address) < 0;
  }

  static String show(long address, long size) {
    return "0x%x+0x%x".formatted(address, size);
  }

  /**
   * Returns whether all of {@code other} lies in this range; an empty range does if its address
   * does.
   */
  public boolean contains(AddressRange other) {
    long offset = other.address - address;
    return Long.compareUnsigned(other.address, address) >= 0
        && Long.compareUnsigned(offset, size) < 0
        && Long.compareUnsigned(other.size, size - offset) <= 0;
  }

  /** Returns {@code 0xaddress+0xsize}. */
  @Override
  public String toString() {
    return show(address, size);
  }
}
