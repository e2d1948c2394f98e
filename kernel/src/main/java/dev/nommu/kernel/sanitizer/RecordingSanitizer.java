package dev.nommu.kernel.sanitizer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.kernel.memory.Ram;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Records its findings: see {@link Finding.Kind}. A fault repeated by the same code, on a resource
 * taken at the same place, is reported once. May serve any number of machines; leaks of a machine
 * are found when it is closed. Thread-safe.
 *
 * <p>It cannot see loads and stores through a {@link java.lang.foreign.MemorySegment} from {@link
 * dev.nommu.kernel.task.Task#memory}. Such a segment stays the same, whatever happens to the
 * mapping and the device.
 */
public final class RecordingSanitizer implements Sanitizer {
  private final Stacks stacks;

  @GuardedBy("this")
  private final Set<Cause> causes = new HashSet<>();

  @GuardedBy("this")
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Creates a sanitizer without findings that reports Java stacks, and for machine code the
   * function and pc.
   */
  public RecordingSanitizer() {
    this(Stacks::callsOfThread);
  }

  /**
   * Creates a sanitizer without findings.
   *
   * @param stack the stack of the current thread, innermost call first: for interpreted programs,
   *     the position in them
   */
  public RecordingSanitizer(Supplier<List<StackTraceElement>> stack) {
    this.stacks = new Stacks(stack);
  }

  /** The key of equivalent findings: one of them is enough. */
  private record Cause(
      Finding.Kind kind, List<StackTraceElement> act, List<StackTraceElement> other) {}

  /** Returns the findings in the order in which they happened. */
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
