package dev.nommu.kernel.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines the kernel said, as in {@code dmesg}. Thread-safe. */
public final class KernelLog {
  private static final int CAPACITY = 4096;

  private final Deque<String> lines = new ArrayDeque<>();

  /** Creates a log without lines. */
  public KernelLog() {}

  /** Adds a line; the oldest is dropped when there are too many. */
  public synchronized void print(String line) {
    if (lines.size() == CAPACITY) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** Returns the lines that are kept, oldest first. */
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
