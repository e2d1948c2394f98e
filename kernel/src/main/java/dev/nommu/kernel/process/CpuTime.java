package dev.nommu.kernel.process;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * The CPU time of a process: a nanosecond for each machine instruction, in all its threads.
 * Thread-safe.
 */
public final class CpuTime {
  private final LongAdder own = new LongAdder();
  private final LongAdder children = new LongAdder();

  CpuTime() {}

  /** Adds instructions of one of its threads. */
  public void add(long instructions) {
    own.add(instructions);
  }

  /** Adds the time of a child that was waited for. */
  void add(CpuTime child) {
    children.add(child.all().toNanos());
  }

  /** Returns the time of the process itself. */
  public Duration own() {
    return Duration.ofNanos(own.sum());
  }

  /** Returns the time of children that were waited for, and of theirs. */
  public Duration ofChildren() {
    return Duration.ofNanos(children.sum());
  }

  /** Returns both. */
  Duration all() {
    return own().plus(ofChildren());
  }
}
