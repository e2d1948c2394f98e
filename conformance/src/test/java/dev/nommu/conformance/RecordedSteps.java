package dev.nommu.conformance;

import dev.nommu.scenario.Transcript;
import dev.nommu.scenario.TranscriptComparison;
import dev.nommu.scenario.TranscriptComparison.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The steps of a transcript, each with its answer, so that a step that differs can be named and
 * left out.
 *
 * @param name the scenario's
 * @param steps the lines of each
 */
record RecordedSteps(String name, List<List<String>> steps) {
  private static final String INDENT = "    ";
  private static final Pattern OCTAL = Pattern.compile("\\\\(?:([0-7]{1,3})|.)");

  RecordedSteps {
    steps = List.copyOf(steps);
  }

  static RecordedSteps of(String name, Transcript transcript) {
    List<List<String>> steps = new ArrayList<>();
    for (String line : transcript.lines()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (!line.startsWith(INDENT)) {
        steps.add(new ArrayList<>());
      }
      steps.getLast().add(spelled(line));
    }
    return new RecordedSteps(name, steps);
  }

  /** Spells what has two spellings in one: bytes with three digits, a step that goes on. */
  private static String spelled(String line) {
    return OCTAL
        .matcher(line.replaceFirst(" = \\.\\.\\.$", " = (started)"))
        .replaceAll(escape ->
            escape.group(1) == null
                ? Matcher.quoteReplacement(escape.group())
                : padded(escape.group(1)));
  }

  private static String padded(String digits) {
    return "\\\\" + "0".repeat(3 - digits.length()) + digits;
  }

  /**
   * Returns the steps that differ, each in one line: the name, what was recorded, what was
   * answered.
   *
   * @param compared which steps are, by their first lines
   */
  List<String> differences(RecordedSteps answered, Predicate<String> compared) {
    List<List<String>> left = new ArrayList<>();
    List<List<String>> right = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      if (compared.test(steps.get(i).getFirst())) {
        left.add(steps.get(i));
        right.add(answered.steps.get(i));
      }
    }
    List<String> found = new ArrayList<>();
    Optional<Difference> difference = firstDifference(left, right);
    while (difference.isPresent()) {
      int step = stepAt(left, difference.get().expected().number());
      found.add(
          "%s\t%s\t%s"
              .formatted(name, inOneLine(left.remove(step)), inOneLine(right.remove(step))));
      difference = firstDifference(left, right);
    }
    return found;
  }

  private Optional<Difference> firstDifference(List<List<String>> left, List<List<String>> right) {
    return TranscriptComparison.firstDifference(name, transcript(left), transcript(right));
  }

  private static Transcript transcript(List<List<String>> steps) {
    return new Transcript(steps.stream().flatMap(List::stream).toList());
  }

  private static int stepAt(List<List<String>> steps, int line) {
    int step = 0;
    int end = steps.getFirst().size();
    while (end < line && step + 1 < steps.size()) {
      step++;
      end += steps.get(step).size();
    }
    return step;
  }

  private static String inOneLine(List<String> step) {
    return String.join(" | ", step.stream().map(String::strip).toList());
  }
}
