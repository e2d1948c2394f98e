package dev.nommu.api;

import java.util.Objects;

/**
 * Where a driver would put a direct mapping: the answer of {@code get_unmapped_area}.
 *
 * <p>The kernel alone switches over the answers, so that the set may grow. A driver makes them with
 * the factories here, so that each may grow too.
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
   * Returns the placement of a request for a file that is a range of memory from its beginning to
   * its end. A tail shorter than a page may be asked for as a page.
   *
   * @throws ErrnoException EINVAL if the request does not lie in the range
   */
  static Placement within(AddressRange range, MapRequest request) throws ErrnoException {
    long size = Page.align(range.length());
    if (request.offset() < 0 || request.length() > size - request.offset()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "0x%x bytes at offset 0x%x: there are 0x%x bytes"
              .formatted(request.length(), request.offset(), range.length()));
    }
    return at(range.start() + request.offset());
  }

  /**
   * The mapping would begin at this physical address. The whole of the request, but for a tail
   * shorter than a page, must lie in memory that belongs to the plugin. No alignment is promised.
   *
   * @param address the physical address of the first byte
   */
  record At(long address) implements Placement {}

  /**
   * The mapping would begin where a range of a store begins; the same is asked of the address as of
   * {@link At}. The range is the kernel's from now on: it is closed when the last mapping of it is
   * gone, or at once if there is to be none.
   *
   * @param range what was pointed for this request
   */
  record Pointed(PointedRange range) implements Placement {
    /** Checks that there is a range. */
    public Pointed {
      Objects.requireNonNull(range, "range");
    }
  }

  /** ENOSYS: not here, not this one; a private mapping is copied if MAP_COPY is permitted. */
  record Declined() implements Placement {}
}
