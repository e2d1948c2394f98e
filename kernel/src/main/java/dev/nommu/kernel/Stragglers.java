package dev.nommu.kernel;

import dev.nommu.kernel.log.KernelLog;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reports the threads that prevent a machine from closing, and what they are in. */
final class Stragglers {
  private static final int MOST_FRAMES = 24;

  private final KernelLog log;
  private final List<String> told = new ArrayList<>();

  Stragglers(KernelLog log) {
    this.log = log;
  }

  /**
   * Logs the threads, each with its stack; returns the same without the stacks.
   *
   * @param waited how long they were waited for
   * @param threads each with its description; empty if the closer itself takes long
   * @param closer the thread that waits for them
   */
  List<String> print(Duration waited, Map<Thread, String> threads, Optional<Thread> closer) {
    tell(
        "close: not over after %d ms; it goes on when these threads have come back"
            .formatted(waited.toMillis()));
    threads.forEach((thread, task) ->
        print("thread %s, %s,".formatted(thread.getName(), task), thread.getStackTrace()));
    closer
        .filter(thread -> threads.isEmpty())
        .ifPresent(thread -> print("thread " + thread.getName(), thread.getStackTrace()));
    Set<Long> named = new HashSet<>();
    Stream.concat(threads.keySet().stream(), closer.stream())
        .forEach(thread -> named.add(thread.threadId()));
    printHolders(named);
    return List.copyOf(told);
  }

  private void tell(String line) {
    told.add(line);
    log.print(line);
  }

  /** Adds the owners of the locks that they wait for, and so on. */
  private void printHolders(Set<Long> named) {
    ThreadMXBean host = ManagementFactory.getThreadMXBean();
    Deque<Long> waiting = new ArrayDeque<>(named);
    while (!waiting.isEmpty()) {
      ThreadInfo waiter = host.getThreadInfo(waiting.remove());
      if (waiter != null && waiter.getLockOwnerId() >= 0 && named.add(waiter.getLockOwnerId())) {
        waiting.add(waiter.getLockOwnerId());
        print(host.getThreadInfo(waiter.getLockOwnerId(), MOST_FRAMES), waiter);
      }
    }
  }

  private void print(@Nullable ThreadInfo holder, ThreadInfo waiter) {
    if (holder != null) {
      print(
          "thread %s, whose lock %s waits for,"
              .formatted(holder.getThreadName(), waiter.getThreadName()),
          holder.getStackTrace());
    }
  }

  private void print(String who, StackTraceElement[] stack) {
    String where =
        Stream.of(stack)
            .filter(frame -> !isOfTheHost(frame))
            .findFirst()
            .map(Stragglers::text)
            .orElse("no call");
    tell("close: %s is in %s".formatted(who, where));
    Stream.of(stack).limit(MOST_FRAMES).forEach(frame -> log.print("  at " + text(frame)));
  }

  private static String text(StackTraceElement frame) {
    return "%s.%s(%s:%d)"
        .formatted(
            frame.getClassName(),
            frame.getMethodName(),
            frame.getFileName(),
            frame.getLineNumber());
  }

  private static boolean isOfTheHost(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }
}
