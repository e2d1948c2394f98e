package dev.nommu.scenario;

import java.util.List;
import java.util.Optional;

/**
 * Compares the transcripts of two runs of one scenario.
 *
 * <p>Not compared are blank lines, comments and messages of the kernel, {@code mmapcopy()} while a
 * second process lives, the device of a line of maps and the blocks of {@code size()}. Nor, in
 * scenarios 11 and 75, is anything that depends on whether pages of a file that was never truncated
 * happen to be adjacent: the results of mapping several pages of a file at once, the name of a
 * page, and {@code mmapcopy()}.
 */
public final class TranscriptComparison {
  private TranscriptComparison() {}

  /**
   * A line of a transcript.
   *
   * @param number the line number, starting at 1
   * @param text the line, or {@code (end of transcript)}
   */
  public record Line(int number, String text) {}

  /** Two lines that should be equal. */
  public record Difference(Line expected, Line actual) {
    /** Returns both lines with their numbers, one below the other. */
    @Override
    public String toString() {
      return "expected line %d: %s%n  actual line %d: %s"
          .formatted(expected.number, expected.text, actual.number, actual.text);
    }
  }

  /**
   * Returns the first lines that differ, or empty if the transcripts are equal.
   *
   * @param scenario the scenario's file name without folders, such as {@code
   *     "11-ramfs-without-truncate"}
   * @param expected the results of a real kernel
   * @param actual the transcript compared with it
   */
  public static Optional<Difference> firstDifference(
      String scenario, Transcript expected, Transcript actual) {
    List<ComparedLine> left = new ComparedLines(scenario).of(expected);
    List<ComparedLine> right = new ComparedLines(scenario).of(actual);
    for (int i = 0; i < left.size(); i++) {
      ComparedLine mine = left.get(i);
      ComparedLine other = right.get(Math.min(i, right.size() - 1));
      if (!mine.compared().equals(other.compared())) {
        return Optional.of(new Difference(mine.line(), other.line()));
      }
    }
    return Optional.empty();
  }
}
