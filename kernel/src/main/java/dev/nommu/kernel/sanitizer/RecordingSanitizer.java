package dev.nommu.kernel.sanitizer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.kernel.memory.Ram;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps what it finds: see {@link Finding.Kind}. A fault that the same code repeats, on a resource
 * taken at the same place, is reported once. May be given to any number of machines; what one of
 * them leaves is found when that is closed. Thread-safe.
 *
 * <p>What it cannot see: loads and stores through a {@link java.lang.foreign.MemorySegment} that a
 * task got of {@link dev.nommu.kernel.task.Task#memory}. Such a segment stays what it was, whatever
 * becomes of the mapping and the device.
 */
public final class RecordingSanitizer implements Sanitizer {
  private final Stacks stacks;

  @GuardedBy("this")
  private final Set<Cause> causes = new HashSet<>();

  @GuardedBy("this")
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Makes a sanitizer that has found nothing and gives the stacks of Java's calls, and of machine
   * code the function and the pc.
   */
  public RecordingSanitizer() {
    this(Stacks::callsOfThread);
  }

  /**
   * Makes a sanitizer that has found nothing.
   *
   * @param stack what the current thread is doing, innermost call first: for programs that are
   *     interpreted, where in them it is
   */
  public RecordingSanitizer(Supplier<List<StackTraceElement>> stack) {
    this.stacks = new Stacks(stack);
  }

  /** The key of equivalent findings: one of them is enough. */
  private record Cause(
      Finding.Kind kind, List<StackTraceElement> act, List<StackTraceElement> other) {}

  /** Returns what was found, in the order in which it happened. */
  public synchronized List<Finding> findings() {
    return List.copyOf(findings);
  }

  @Override
  public Sanitizer ofMachine(Ram ram) {
    return new MachineWatch(ram, stacks, this::add);
  }

  private synchronized void add(Finding finding) {
    if (causes.add(new Cause(finding.kind(), finding.act().calls(), finding.other().calls()))) {
      findings.add(finding);
    }
  }
}
