package dev.nommu.scenario;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The results of calls as reported by the recording program, without that program's mappings. */
final class RecorderAnswers {
  private static final Map<Long, String> SIGNALS =
      Map.of(11L, "SIGSEGV", 7L, "SIGBUS", 4L, "SIGILL", 5L, "SIGTRAP");

  private final Vocabulary vocabulary;
  private final Set<String> hidden = new HashSet<>();
  private final Map<String, Set<String>> hiddenOf = new HashMap<>();
  private final Map<String, Long> pagesOf = new HashMap<>();
  private long pagesAtStart;

  RecorderAnswers(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Takes the mappings and the memory usage before the first step. */
  void begin(RecorderResult maps, RecorderResult memory) {
    hidden.addAll(ranges(maps));
    pagesAtStart = copiedPages(memory);
  }

  /**
   * Takes the mappings and memory of a new process: two results before its creation, its own, two
   * after.
   */
  void made(String process, List<RecorderResult> results) {
    Set<String> its = new HashSet<>(ranges(results.get(3)));
    its.removeAll(ranges(results.get(0)));
    hidden.addAll(its);
    hiddenOf.put(process, its);
    pagesOf.put(process, copiedPages(results.get(4)) - copiedPages(results.get(1)));
  }

  /** Forgets a process that has ended. */
  void ended(String process) {
    hidden.removeAll(hiddenOf.getOrDefault(process, Set.of()));
    pagesOf.remove(process);
  }

  private static Set<String> ranges(RecorderResult maps) {
    return text(maps).lines().map(RecorderAnswers::range).collect(Collectors.toSet());
  }

  private static String range(String line) {
    return line.split(" ", 2)[0];
  }

  private static String text(RecorderResult result) {
    return new String(result.data(), StandardCharsets.UTF_8);
  }

  /** Returns MmapCopy, which is in KiB, in pages. */
  private static long copiedPages(RecorderResult memory) {
    return text(memory)
        .lines()
        .filter(line -> line.startsWith("MmapCopy:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 4)
        .findFirst()
        .orElse(0L);
  }

  /**
   * Returns the result of a call.
   *
   * @param results the results of its operations, in order
   */
  Answer answer(Call call, Arguments of, List<RecorderResult> results) {
    RecorderResult last = results.getLast();
    Optional<Long> fault = last.number('f');
    if (fault.isPresent()) {
      return new Answer.Faulted(SIGNALS.getOrDefault(fault.get(), "signal " + fault.get()));
    }
    Optional<RecorderResult> failed = results.stream().filter(RecorderResult::isError).findFirst();
    if (failed.isPresent() && !call.name().equals("brk")) {
      return Answer.returned(failed.get().value());
    }
    return answer(call.name(), of, last, results.size());
  }

  private Answer answer(String call, Arguments of, RecorderResult last, int operations) {
    return switch (call) {
      case "read", "pread", "peek" -> new Answer.Data(last.data());
      case "mmap", "mremap", "shmat" -> new Answer.Mapped(last.value());
      case "brk" -> new Answer.Heap(last.value());
      case "size" ->
          new Answer.Size(last.number('x').orElseThrow(), last.number('y').orElseThrow());
      case "cat" -> lines(of.path(0), "", last);
      case "grep" -> lines(of.path(0), of.path(1), last);
      case "sysctl" ->
          operations == 1
              ? new Answer.Data(text(last).strip().getBytes(StandardCharsets.UTF_8))
              : Answer.returned(0);
      case "mmapcopy" -> new Answer.Pages(copiedPages(last) - pagesAtStart - pagesOfProcesses());
      case "fork", "clone" -> new Answer.ChildRan((int) (long) last.number('y').orElseThrow());
      case "shmctl" -> last.data().length == 0 ? Answer.returned(last.value()) : segment(last);
      case "ioctl" -> controlled(of, last);
      default -> Answer.returned(last.value());
    };
  }

  private long pagesOfProcesses() {
    return pagesOf.values().stream().mapToLong(Long::longValue).sum();
  }

  private Answer lines(String path, String prefix, RecorderResult result) {
    List<String> lines = new ArrayList<>(text(result).lines().toList());
    lines.removeIf(line -> !line.startsWith(prefix));
    if (MapsLines.isMaps(path)) {
      lines.removeIf(line -> hidden.contains(range(line)));
    }
    return new Answer.Lines(path, lines);
  }

  /** {@code struct shmid64_ds}. */
  private static Answer segment(RecorderResult result) {
    ByteBuffer data = ByteBuffer.wrap(result.data()).order(ByteOrder.LITTLE_ENDIAN);
    return new Answer.Structure(
        List.of(
            Field.decimal("shm_segsz", data.getLong(48)),
            Field.decimal("shm_nattch", data.getLong(88)),
            Field.octal("mode", data.getInt(20))));
  }

  private Answer controlled(Arguments of, RecorderResult result) {
    byte[] memory = result.data();
    return vocabulary
        .ioctl(of.integer(1))
        .filter(command -> memory.length > 0)
        .map(command ->
            IoctlData.of(Arrays.copyOf(memory, Math.max(memory.length, command.argument().size())))
                .answer(command, result.value()))
        .orElseGet(() -> Answer.returned(result.value()));
  }
}
