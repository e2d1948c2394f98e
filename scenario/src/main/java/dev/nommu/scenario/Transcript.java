package dev.nommu.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The transcript of a run of a scenario: each line of the scenario, with {@code = result} after a
 * step, or the lines of a file below it, indented by four blanks.
 *
 * @param lines without line terminators
 * @param differences the results that differ from those stated in the scenario, in order
 */
public record Transcript(List<String> lines, List<TranscriptComparison.Difference> differences) {
  /** Copies the lists. */
  public Transcript {
    lines = List.copyOf(lines);
    differences = List.copyOf(differences);
  }

  /** Creates a transcript without differences. */
  public Transcript(List<String> lines) {
    this(lines, List.of());
  }

  /** Returns the transcript in a text. */
  public static Transcript parse(String text) {
    return new Transcript(text.lines().toList());
  }

  /**
   * Returns the transcript in a file, in UTF-8.
   *
   * @throws IOException if it cannot be read
   */
  public static Transcript read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  /** Returns the lines as one text, each followed by a newline. */
  @Override
  public String toString() {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
