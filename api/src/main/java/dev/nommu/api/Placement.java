package dev.nommu.api;

/**
 * Where a driver would put a direct mapping: the answer of {@code get_unmapped_area}.
 *
 * <p>A driver answers with {@link #at} and {@link #DECLINED}, so that these can come to have more
 * components without a change to those who answer.
 */
public sealed interface Placement {
  /** The one "declined". */
  Placement DECLINED = new Declined();

  /** Returns the placement at this address. */
  static Placement at(long address) {
    return new At(address);
  }

  /**
   * The mapping would begin at this physical address. The whole of the request, but for a tail
   * shorter than a page, must lie in memory that belongs to the plugin. No alignment is promised.
   *
   * @param address the physical address of the first byte
   */
  record At(long address) implements Placement {}

  /** ENOSYS: not here, not this one; a private mapping is copied if MAP_COPY is permitted. */
  record Declined() implements Placement {}
}
