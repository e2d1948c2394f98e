package dev.nommu.api;

import java.util.Objects;

/**
 * Where a driver would put a direct mapping: the answer of {@code get_unmapped_area}.
 *
 * <p>Only the kernel switches over the answers, so the set may grow. A driver makes them with the
 * factories here, so each may grow too.
 *
 * @since 0.1.0
 */
public sealed interface Placement {
  /** The single {@link Declined} instance. */
  Placement DECLINED = new Declined();

  /** Returns the placement at this address, in memory that never moves. */
  static Placement at(long address) {
    return new At(address);
  }

  /** Returns the placement at a range of a store, which the kernel closes. */
  static Placement at(PointedRange range) {
    return new Pointed(range);
  }

  /**
   * Returns the placement of a request for a file that is one range of memory. A tail shorter than
   * a page may be requested as a page.
   *
   * @throws ErrnoException EINVAL if the request does not lie in the range
   */
  static Placement within(AddressRange range, MapRequest request) throws ErrnoException {
    long size = Page.align(range.length());
    if (request.offset() < 0 || request.length() > size - request.offset()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "0x%x bytes at offset 0x%x: the file has 0x%x bytes"
              .formatted(request.length(), request.offset(), range.length()));
    }
    return at(range.start() + request.offset());
  }

  /**
   * The mapping would begin at this physical address. The whole request, except a tail shorter than
   * a page, must lie in memory of the plugin. It need not be aligned.
   *
   * @param address the physical address of the first byte
   */
  record At(long address) implements Placement {}

  /**
   * The mapping would begin where a range of a store begins; its address is subject to the
   * conditions of {@link At}. The kernel takes over the range: it closes it after the last mapping
   * of it, or at once if none is made.
   *
   * @param range the range pointed for this request
   */
  record Pointed(PointedRange range) implements Placement {
    /** Checks that there is a range. */
    public Pointed {
      Objects.requireNonNull(range, "range");
    }
  }

  /** ENOSYS: no direct mapping; a private mapping is copied if MAP_COPY is permitted. */
  record Declined() implements Placement {}
}
