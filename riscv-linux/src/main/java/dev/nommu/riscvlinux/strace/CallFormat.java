package dev.nommu.riscvlinux.strace;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The format of a call.
 *
 * @param name as in the manual page
 * @param arguments in order; any after them are not written
 * @param result formats a successful result
 */
record CallFormat(String name, List<Argument> arguments, Function<TracedCall, String> result) {
  CallFormat {
    arguments = List.copyOf(arguments);
  }

  /** Returns a call whose result is a decimal number. */
  static CallFormat of(String name, Argument... arguments) {
    return new CallFormat(
        name, List.of(arguments), call -> Long.toString(call.result().orElseThrow()));
  }

  /** Returns the same call with another format of its result. */
  CallFormat returning(Function<TracedCall, String> other) {
    return new CallFormat(name, arguments, other);
  }

  /** Returns the text written as soon as a call begins. */
  String begin(TracedCall call) {
    int known = known();
    String separator = known > 0 && known < arguments.size() ? ", " : "";
    return name + "(" + texts(call, 0, known) + separator;
  }

  /** Returns the text written when the call has ended: from the first argument it filled in. */
  String rest(TracedCall call) {
    return texts(call, known(), arguments.size()) + ")";
  }

  /** Returns the number of arguments before the first that the call fills in. */
  private int known() {
    int count = 0;
    while (count < arguments.size() && arguments.get(count) instanceof Argument.In) {
      count++;
    }
    return count;
  }

  private String texts(TracedCall call, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> arguments.get(i).text(call, i))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
