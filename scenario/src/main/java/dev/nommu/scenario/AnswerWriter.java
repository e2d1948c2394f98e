package dev.nommu.scenario;

import dev.nommu.api.Errno;
import dev.nommu.api.PollEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Formats results as transcripts show them. */
final class AnswerWriter {
  private final AddressNames names;
  private final Map<String, Place> heaps = new HashMap<>();

  /**
   * Creates a writer.
   *
   * @param names the names of addresses
   */
  AnswerWriter(AddressNames names) {
    this.names = names;
  }

  /** The text after a step in a transcript, or below it. */
  sealed interface Written {}

  /** A text on the same line. */
  record Inline(String text) implements Written {}

  /** The lines of a file, on lines of their own. */
  record Block(List<String> lines) implements Written {}

  /**
   * The call.
   *
   * @param process the process that made the call
   * @param variable the variable that stores the result, if any
   */
  record Question(String process, Optional<String> variable, Call call, Arguments arguments) {}

  /** Returns the formatted result of a call. */
  Written write(Question question, Answer answer) {
    return switch (answer) {
      case Answer.Returned returned -> new Inline(returned(returned));
      case Answer.Scalar(long _, String text) -> new Inline(text);
      case Answer.Mapped(long address) -> new Inline(names.mapped(address, question.variable()));
      case Answer.Heap(long address) ->
          new Inline(heap(question.process(), address).label(address));
      case Answer.Events(Set<PollEvent> events) -> new Inline(events(events));
      case Answer.Data(byte[] bytes) -> new Inline(CString.quote(bytes));
      case Answer.Lines(String path, List<String> lines) -> new Block(lines(path, lines));
      case Answer.Structure(List<Field> fields) ->
          new Inline(
              fields.stream().map(Field::toString).collect(Collectors.joining(", ", "{", "}")));
      case Answer.Size(long bytes, long blocks) ->
          new Inline("%d (%d blocks)".formatted(bytes, blocks));
      case Answer.Pipe(int read, int write) ->
          new Inline("{read=%d, write=%d}".formatted(read, write));
      case Answer.Pages(long change) -> new Inline("%+d pages".formatted(change));
      case Answer.ChildRan(int status) ->
          new Inline("(child ran, wait status 0x%x)".formatted(status));
      case Answer.Faulted(String signal) -> new Inline("(fault: " + signal + ")");
    };
  }

  /** Formats a result: a number, or -1 and the name of an error. */
  static String returned(Answer.Returned returned) {
    long value = returned.value();
    return returned.isError() ? "-1 " + errno(Math.toIntExact(-value)) : Long.toString(value);
  }

  /** Formats events as in C: POLLIN|POLLHUP, or 0. */
  private static String events(Set<PollEvent> events) {
    String names =
        events.stream().sorted().map(event -> "POLL" + event).collect(Collectors.joining("|"));
    return names.isEmpty() ? "0" : names;
  }

  private static String errno(int number) {
    return Errno.ofNumber(number).map(Errno::name).orElse("errno " + number);
  }

  /** Returns the place of the first heap end that was returned to a process. */
  private Place heap(String process, long address) {
    return heaps.computeIfAbsent(process, _ -> new Place.Named(0, "brk0", address));
  }

  private List<String> lines(String path, List<String> lines) {
    return MapsLines.isMaps(path) ? new MapsLines(names).rewrite(lines) : lines;
  }
}
