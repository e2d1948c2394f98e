package dev.nommu.api;

/**
 * A range of physical addresses. Its components are fixed.
 *
 * @param start the first address
 * @param length bytes, more than 0; the range does not wrap
 * @since 0.1.0
 */
public record AddressRange(long start, long length) {
  /** Checks that the range is not empty and does not wrap around the address space. */
  public AddressRange {
    if (length <= 0 || Long.compareUnsigned(start + (length - 1), start) < 0) {
      throw new IllegalArgumentException(
          "address range: start 0x%x, length 0x%x is empty or wraps".formatted(start, length));
    }
  }

  /** Returns the first address after the range. */
  public long end() {
    return start + length;
  }

  /** Returns whether all of {@code length} bytes at {@code address} lie in this range. */
  public boolean contains(long address, long length) {
    long offset = address - start;
    return offset >= 0 && length >= 0 && length <= this.length && offset <= this.length - length;
  }

  /** Returns whether the two ranges have an address in common. */
  public boolean overlaps(AddressRange other) {
    return start < other.end() && other.start < end();
  }

  /** Returns the range as {@code 0xstart-0xend}, the end exclusive. */
  @Override
  public String toString() {
    return "0x%x-0x%x".formatted(start, end());
  }
}
