package dev.nommu.tck.session;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A call of a transcript.
 *
 * @param step its index, counted from 0
 * @param call its name
 * @param outcome {@code success}, or the name of an error or a signal
 */
record Answered(int step, String call, String outcome) {
  private static final Pattern LINE =
      Pattern.compile("(?:\\w+ = )?(\\w+)\\(.*\\) =(?: (?:-1 )?(E[A-Z0-9]+|SIG[A-Z]+))?");

  /** Returns all calls of a transcript; the lines of a file are below the call that read it. */
  static List<Answered> all(List<String> trace) {
    List<Matcher> calls = trace.stream().map(LINE::matcher).filter(Matcher::lookingAt).toList();
    return IntStream.range(0, calls.size()).mapToObj(step -> of(step, calls.get(step))).toList();
  }

  /** Returns the call of a line of a transcript. */
  static Answered of(List<String> trace, int line) {
    return all(trace.subList(0, line + 1)).getLast();
  }

  private static Answered of(int step, Matcher line) {
    String outcome = Optional.ofNullable(line.group(2)).orElse("success");
    return new Answered(step, line.group(1), outcome);
  }
}
