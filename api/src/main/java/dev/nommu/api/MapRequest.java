package dev.nommu.api;

import java.util.Set;

/**
 * A request for a mapping of a file as its driver sees it, already checked: lengths and offsets do
 * not wrap and the file is open for what is asked.
 *
 * @param offset where in the file the mapping begins, bytes, a multiple of the page size
 * @param length bytes, more than 0, a multiple of the page size
 * @param protection what is asked for; immutable
 * @param sharing MAP_SHARED or MAP_PRIVATE
 */
public record MapRequest(long offset, long length, Set<Protection> protection, Sharing sharing) {
  /** Returns whether this protection is asked for. */
  public boolean wants(Protection wanted) {
    return protection.contains(wanted);
  }
}
