package dev.nommu.api;

import java.util.Objects;
import java.util.Set;

/**
 * A request for a mapping of a file as its driver sees it, already checked: lengths and offsets do
 * not wrap and the file is open for the requested access. Immutable; equal if all components are.
 *
 * <p>The kernel creates these, and components may be added; tests of a driver use {@link #of}.
 *
 * @since 0.1.0
 */
public final class MapRequest {
  private final long offset;
  private final long length;
  private final Set<Protection> protection;
  private final Sharing sharing;

  private MapRequest(long offset, long length, Set<Protection> protection, Sharing sharing) {
    this.offset = offset;
    this.length = length;
    this.protection = protection;
    this.sharing = sharing;
  }

  /**
   * Returns a request.
   *
   * @param offset the start of the mapping in the file, in bytes, a multiple of the page size
   * @param length bytes, more than 0, a multiple of the page size
   * @param protection the requested protection; not changed afterwards
   * @param sharing MAP_SHARED or MAP_PRIVATE
   */
  public static MapRequest of(
      long offset, long length, Set<Protection> protection, Sharing sharing) {
    return new MapRequest(offset, length, protection, sharing);
  }

  /** Returns the start of the mapping in the file, in bytes, a multiple of the page size. */
  public long offset() {
    return offset;
  }

  /** Returns the length in bytes, more than 0, a multiple of the page size. */
  public long length() {
    return length;
  }

  /** Returns the requested protection; immutable. */
  public Set<Protection> protection() {
    return protection;
  }

  /** Returns whether the mapping is shared or private. */
  public Sharing sharing() {
    return sharing;
  }

  /** Returns whether this protection is requested. */
  public boolean wants(Protection wanted) {
    return protection.contains(wanted);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MapRequest that
        && offset == that.offset
        && length == that.length
        && protection.equals(that.protection)
        && sharing == that.sharing;
  }

  @Override
  public int hashCode() {
    return Objects.hash(offset, length, protection, sharing);
  }

  /** Returns the request as {@code 0x2000 bytes at 0x1000, [READ], PRIVATE}. */
  @Override
  public String toString() {
    return "0x%x bytes at 0x%x, %s, %s".formatted(length, offset, protection, sharing);
  }
}
