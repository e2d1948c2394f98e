package dev.nommu.kernel.sanitizer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.kernel.sanitizer.Finding.Trace;
import dev.nommu.kernel.wait.Current;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Describes what the current thread is doing. Equal stacks are stored once. Thread-safe. */
final class Stacks {
  private static final int MOST = 4096;
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final String ENTRY = MachineWatch.class.getName();

  private final Supplier<List<StackTraceElement>> current;

  @GuardedBy("this")
  private final Map<List<StackTraceElement>, List<StackTraceElement>> known = new HashMap<>();

  Stacks(Supplier<List<StackTraceElement>> current) {
    this.current = current;
  }

  /** Returns the current act of a process; {@code done} is a word like "stored". */
  Trace of(String done, Actor by) {
    return of(done, name(by));
  }

  /** Returns the current act of an author on the current thread. */
  Trace of(String done, String by) {
    return now(done + " by " + by);
  }

  /** Returns the stack of the current thread. */
  Trace now(String what) {
    return new Trace(what, kept(List.copyOf(current.get())));
  }

  /** Returns the current act of a plugin: its own calls, whatever the program is written in. */
  Trace ofPlugin(String done, String plugin) {
    List<StackTraceElement> own = javaCallsOfThread();
    List<StackTraceElement> calls = new ArrayList<>(current.get());
    if (!calls.equals(own)) {
      calls.addAll(own);
    }
    return new Trace(done + " by plugin " + plugin, kept(List.copyOf(calls)));
  }

  /** Returns the name of a process in a finding. */
  static String name(Actor process) {
    return "%s[%d]".formatted(process.name(), process.pid());
  }

  private synchronized List<StackTraceElement> kept(List<StackTraceElement> stack) {
    if (known.size() == MOST) {
      known.clear();
    }
    List<StackTraceElement> before = known.putIfAbsent(stack, stack);
    return before == null ? stack : before;
  }

  /**
   * Returns the position of the current thread's machine code, or its Java calls if it runs none.
   */
  static List<StackTraceElement> callsOfThread() {
    List<StackTraceElement> code = Current.machineCode();
    return code.isEmpty() ? javaCallsOfThread() : code;
  }

  /** Returns the calls of the current thread, except those of the sanitizer and below. */
  private static List<StackTraceElement> javaCallsOfThread() {
    List<StackTraceElement> calls =
        WALKER.walk(frames -> frames.map(StackWalker.StackFrame::toStackTraceElement).toList());
    int told = calls.stream().map(StackTraceElement::getClassName).toList().lastIndexOf(ENTRY);
    return calls.subList(told + 1, calls.size());
  }
}
