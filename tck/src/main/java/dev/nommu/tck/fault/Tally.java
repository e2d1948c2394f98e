package dev.nommu.tck.fault;

/**
 * The outcomes of calls of one kind.
 *
 * @param succeeded how many returned an answer
 * @param failed how many failed, with or without a fault
 */
public record Tally(int succeeded, int failed) {
  /** No calls. */
  public static final Tally NONE = new Tally(0, 0);

  /** Returns the number of calls. */
  public int calls() {
    return succeeded + failed;
  }

  /** Returns the sum of both. */
  public Tally plus(Tally other) {
    return new Tally(succeeded + other.succeeded, failed + other.failed);
  }
}
