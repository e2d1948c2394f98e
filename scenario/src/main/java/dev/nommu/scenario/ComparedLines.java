package dev.nommu.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Removes the parts of a transcript that {@link TranscriptComparison} does not compare. */
final class ComparedLines {
  private static final int PAGE = 4096;
  private static final String END = "(end of transcript)";
  private static final Pattern IGNORED = Pattern.compile("\\s*|#.*| {4}# kernel:.*");
  private static final Pattern PAGES_MAY_BE_ADJACENT = Pattern.compile("(11|75)-.*");
  private static final Pattern SPAWN = Pattern.compile("proc (\\w+) = 0");
  private static final Pattern EXIT = Pattern.compile("(\\w+): exit.* = \\(exited \\d+\\)");
  private static final Pattern MMAPCOPY = Pattern.compile("(.*\\bmmapcopy\\(\\) = ).*");
  private static final Pattern BLOCKS =
      Pattern.compile("(.*\\bsize\\(.*\\) = \\d+) \\(\\d+ blocks\\)");
  private static final Pattern MAPS_LINE =
      Pattern.compile("( {4}\\S+-\\S+ [r-][w-][x-][pPsS-] \\p{XDigit}+ )\\S+( .*)");
  private static final Pattern STARTED = Pattern.compile("(.*) = \\.\\.\\.");
  private static final Pattern DEADLOCK = Pattern.compile("(.* = -1 )EDEADLOCK");
  private static final String TEXT = " = \"";
  private static final Pattern MMAP_OF_A_FILE =
      Pattern.compile(
          "(?<call>.*\\bmmap\\([^,]+, (?<length>\\d{1,9}), [^,]+, [^,]+, \\w+, [^,]+\\) ="
              + " )(?<result>.*)");

  private final boolean pagesMayBeAdjacent;
  private final Set<String> processes = new HashSet<>();

  /**
   * Creates a reader of one transcript.
   *
   * @param scenario its file name without folders
   */
  ComparedLines(String scenario) {
    this.pagesMayBeAdjacent = PAGES_MAY_BE_ADJACENT.matcher(scenario).matches();
  }

  /** Returns the lines that are compared; the last one is the end of the transcript. */
  List<ComparedLine> of(Transcript transcript) {
    List<ComparedLine> compared = new ArrayList<>();
    int number = 0;
    for (String text : transcript.lines()) {
      number++;
      if (!IGNORED.matcher(text).matches()) {
        compared.add(new ComparedLine(new TranscriptComparison.Line(number, text), compared(text)));
      }
    }
    compared.add(new ComparedLine(new TranscriptComparison.Line(number + 1, END), END));
    return compared;
  }

  /** Returns the compared parts of some lines, which must follow those of the previous call. */
  List<String> next(List<String> lines) {
    return lines.stream()
        .filter(line -> !IGNORED.matcher(line).matches())
        .map(this::compared)
        .toList();
  }

  /** Skips lines that are not compared. */
  void skip(List<String> lines) {
    lines.forEach(this::follow);
  }

  private String compared(String line) {
    follow(line);
    String compared = replaced(BLOCKS, line, "$1");
    compared = replaced(MAPS_LINE, compared, "$1$2");
    compared = replaced(STARTED, compared, "$1 = (started)");
    compared = replaced(DEADLOCK, compared, "$1EDEADLK");
    compared = requoted(compared);
    if (!processes.isEmpty() || pagesMayBeAdjacent) {
      compared = replaced(MMAPCOPY, compared, "$1");
    }
    return pagesMayBeAdjacent ? withoutAdjacency(compared) : compared;
  }

  /** Matches the whole line: searching a long one takes too long. */
  private static String replaced(Pattern pattern, String line, String replacement) {
    Matcher matcher = pattern.matcher(line);
    return matcher.matches() ? matcher.replaceFirst(replacement) : line;
  }

  /**
   * Normalizes the escapes of bytes, which have several forms; none has a quote without a
   * backslash.
   */
  private static String requoted(String line) {
    int start = line.lastIndexOf(TEXT) + TEXT.length() - 1;
    if (start < TEXT.length() || !line.endsWith("\"")) {
      return line;
    }
    try {
      return new Lexer("", 1, line.substring(start)).tokens().getFirst()
              instanceof Token.Quoted text
          ? line.substring(0, start) + CString.quote(text.bytes())
          : line;
    } catch (ScenarioException malformed) {
      return line;
    }
  }

  private void follow(String line) {
    Matcher spawn = SPAWN.matcher(line);
    if (spawn.matches()) {
      processes.add(spawn.group(1));
    }
    Matcher exit = EXIT.matcher(line);
    if (exit.matches()) {
      processes.remove(exit.group(1));
    }
  }

  /** Removes the result of mapping several pages of a file, and the name of a single one. */
  private static String withoutAdjacency(String line) {
    Matcher mmap = MMAP_OF_A_FILE.matcher(line);
    if (!mmap.matches()) {
      return line;
    }
    boolean onePage = Integer.parseInt(mmap.group("length")) <= PAGE;
    boolean failed = mmap.group("result").startsWith("-1 ");
    return onePage && failed ? line : mmap.group("call") + (onePage ? "an address" : "");
  }
}
