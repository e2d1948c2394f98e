package dev.nommu.cli.matrix;

import dev.nommu.api.Sharing;
import dev.nommu.tck.trail.Decision;
import java.util.Optional;

/**
 * One request, made while nothing else was mapped, and made again by another process.
 *
 * @param row the row of the document that it falls under
 * @param sharing MAP_SHARED or MAP_PRIVATE
 * @param permission the protections asked for
 * @param first what became of it
 * @param again what became of the second one; empty if the first was refused
 */
public record Trial(
    DocumentRow row,
    Sharing sharing,
    Permission permission,
    Decision first,
    Optional<Decision> again) {
  /** Returns whether this trial and another differ in nothing but the protections. */
  boolean agreesWith(Trial other) {
    return row == other.row
        && sharing == other.sharing
        && first.equals(other.first)
        && again.equals(other.again);
  }
}
