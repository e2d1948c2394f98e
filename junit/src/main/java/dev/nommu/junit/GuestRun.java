package dev.nommu.junit;

import dev.nommu.kernel.signal.WaitStatus;
import java.util.List;
import java.util.Map;
import org.opentest4j.AssertionFailedError;

/**
 * The outcome of a run of a program.
 *
 * @param status how it ended
 * @param output its standard output
 * @param errors its standard error
 * @param mappings its mappings when it exited, as lines of /proc/PID/maps (rule PROC-03); if a
 *     signal killed it, those when it wrote its last line
 * @param byLine its mappings after each line of its standard output; for equal lines, after the
 *     first
 */
public record GuestRun(
    WaitStatus status,
    String output,
    String errors,
    List<String> mappings,
    Map<String, List<String>> byLine) {
  /** Takes immutable copies. */
  public GuestRun {
    mappings = List.copyOf(mappings);
    byLine = Map.copyOf(byLine);
  }

  /**
   * Returns its mappings after it wrote a line to its standard output, as lines of /proc/PID/maps.
   *
   * @param line without the newline
   * @throws AssertionFailedError if it did not write the line
   */
  public List<String> mappingsAt(String line) {
    List<String> found = byLine.get(line);
    if (found == null) {
      throw new AssertionFailedError(
          "expected a program that writes the line '%s', found output:%n%s"
              .formatted(line, output));
    }
    return found;
  }

  /**
   * Returns this run of a program that exited with a status.
   *
   * @throws AssertionFailedError if it ended otherwise, with its output
   */
  public GuestRun exitedWith(int expected) {
    WaitStatus exited = new WaitStatus.Exited(expected);
    if (!status.equals(exited)) {
      throw new AssertionFailedError(
          "expected a program that exits with %d, found %s; its output:%n%s%nits errors:%n%s"
              .formatted(expected, status, output, errors),
          exited,
          status);
    }
    return this;
  }
}
