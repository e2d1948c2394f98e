package dev.nommu.riscvlinux.strace;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a call is written.
 *
 * @param name as the manual page has it
 * @param arguments in order; those behind them are not written
 * @param result how a successful result is written
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

  /** Returns the same call with another way of writing its result. */
  CallFormat returning(Function<TracedCall, String> other) {
    return new CallFormat(name, arguments, other);
  }

  /** Returns what is written as soon as a call begins. */
  String begin(TracedCall call) {
    int known = known();
    String separator = known > 0 && known < arguments.size() ? ", " : "";
    return name + "(" + texts(call, 0, known) + separator;
  }

  /** Returns what is written when the call has ended: what it filled in, and what follows. */
  String rest(TracedCall call) {
    return texts(call, known(), arguments.size()) + ")";
  }

  /** Returns how many arguments are before the first that the call fills in. */
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
