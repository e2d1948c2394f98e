package dev.nommu.campaign;

/**
 * How often a finding was made, and by which seeds.
 *
 * @param count 1 or more
 * @param firstSeed the least seed
 * @param steps of a session up to the finding; all of its steps, if that is unknown
 * @param seed of the shortest session, the least of several
 * @param what the finding of that seed, as a sentence
 */
public record Sighting(long count, long firstSeed, int steps, long seed, String what) {
  /** Returns one. */
  static Sighting of(long seed, int steps, String what) {
    return new Sighting(1, seed, steps, seed, what);
  }

  /** Returns the sum of both; the order does not matter. */
  Sighting plus(Sighting other) {
    Sighting best = isBetterThan(other) ? this : other;
    return new Sighting(
        count + other.count,
        Math.min(firstSeed, other.firstSeed),
        best.steps,
        best.seed,
        best.what);
  }

  private boolean isBetterThan(Sighting other) {
    if (steps != other.steps) {
      return steps < other.steps;
    }
    return seed != other.seed ? seed < other.seed : what.compareTo(other.what) <= 0;
  }
}
