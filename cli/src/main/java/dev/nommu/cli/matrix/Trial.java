package dev.nommu.cli.matrix;

import dev.nommu.api.Sharing;
import dev.nommu.tck.trail.Decision;
import java.util.Optional;

/**
 * One request, made while nothing else was mapped, and repeated by another process.
 *
 * @param row its row of the document
 * @param sharing MAP_SHARED or MAP_PRIVATE
 * @param permission the protections requested
 * @param first its outcome
 * @param again the outcome of the repeated one; empty if the first was refused
 */
public record Trial(
    DocumentRow row,
    Sharing sharing,
    Permission permission,
    Decision first,
    Optional<Decision> again) {
  /** Returns whether this trial and another differ only in the protections. */
  boolean agreesWith(Trial other) {
    return row == other.row
        && sharing == other.sharing
        && first.equals(other.first)
        && again.equals(other.again);
  }
}
