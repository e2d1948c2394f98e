package dev.nommu.scenario;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All calls of the notation, by the names that are written in scenarios. */
public final class CallTable {
  private static final Map<String, Call> BY_NAME =
      Stream.of(
              FileAnswers.CALLS,
              TransferAnswers.CALLS,
              TreeAnswers.CALLS,
              MemoryAnswers.CALLS,
              LoadAnswers.CALLS,
              ProcessAnswers.CALLS,
              FutexAnswers.CALLS,
              ShmAnswers.CALLS,
              TextAnswers.CALLS)
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableMap(Call::name, Function.identity()));

  private CallTable() {}

  /** Returns the call that is written like this, or empty if there is none. */
  public static Optional<Call> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Returns all calls in the order of their names. */
  public static Collection<Call> calls() {
    return new TreeMap<>(BY_NAME).values();
  }

  static Set<String> names() {
    return BY_NAME.keySet();
  }
}
