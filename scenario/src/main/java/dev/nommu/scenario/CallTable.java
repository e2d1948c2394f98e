package dev.nommu.scenario;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All calls of the notation, by their names in scenarios. */
public final class CallTable {
  private static final Map<String, Call> BY_NAME =
      Stream.of(
              FileAnswers.CALLS,
              TransferAnswers.CALLS,
              TreeAnswers.CALLS,
              StatusAnswers.CALLS,
              VectorAnswers.CALLS,
              MemoryAnswers.CALLS,
              AbsentAnswers.CALLS,
              LoadAnswers.CALLS,
              ProcessAnswers.CALLS,
              FutexAnswers.CALLS,
              ShmAnswers.CALLS,
              TextAnswers.CALLS,
              RawAnswers.CALLS)
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableMap(Call::name, Function.identity()));

  /** The calls that correspond to commands of a shell. */
  private static final Map<String, List<String>> OF_COMMANDS =
      Map.ofEntries(
          Map.entry("ls", List.of("getdents", "stat")),
          Map.entry("rm", List.of("unlink", "rmdir")),
          Map.entry("mv", List.of("rename")),
          Map.entry("cp", List.of("sendfile", "read", "write")),
          Map.entry("ln", List.of("link", "symlink")),
          Map.entry("cd", List.of("chdir")),
          Map.entry("touch", List.of("open", "utimensat")),
          Map.entry("echo", List.of("write")),
          Map.entry("df", List.of("statfs")),
          Map.entry("hexdump", List.of("peek", "peek32")),
          Map.entry("devmem", List.of("peek32", "poke32")),
          Map.entry("ps", List.of("cat", "getpid")),
          Map.entry("exec", List.of("execve")));

  private CallTable() {}

  /** Returns the call with a name, or empty if there is none. */
  public static Optional<Call> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Returns all calls in the order of their names. */
  public static Collection<Call> calls() {
    return new TreeMap<>(BY_NAME).values();
  }

  /**
   * Returns the names of calls that an unknown name may stand for, the nearest first: one with a
   * similar spelling, the calls of a shell command, and those that begin with it or with which it
   * begins.
   */
  static List<String> near(String unknown) {
    Stream<String> spelled = Spelling.nearest(unknown, BY_NAME.keySet()).stream();
    Stream<String> meant = OF_COMMANDS.getOrDefault(unknown, List.of()).stream();
    Stream<String> related =
        BY_NAME.keySet().stream()
            .filter(name -> name.startsWith(unknown) || unknown.startsWith(name))
            .sorted();
    return Stream.of(spelled, meant, related).flatMap(names -> names).distinct().limit(5).toList();
  }
}
