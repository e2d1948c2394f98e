package dev.nommu.kernel.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The last lines the kernel said, as in {@code dmesg}. Thread-safe. */
public final class KernelLog {
  private static final int CAPACITY = 4096;

  private final Deque<String> lines = new ArrayDeque<>();
  private final Consumer<String> listener;
  private boolean telling;

  /** Creates a log without lines. */
  public KernelLog() {
    this(line -> {});
  }

  /**
   * Creates a log without lines that tells a listener each line, in order.
   *
   * @param listener told by the thread that prints, which may hold locks of the kernel: it must
   *     neither wait nor use the machine. What it throws becomes a line
   */
  public KernelLog(Consumer<String> listener) {
    this.listener = listener;
  }

  /**
   * Adds a line; the oldest is dropped when there are too many. A line that the listener itself
   * prints is kept and not told.
   */
  public synchronized void print(String line) {
    keep(line);
    if (telling) {
      return;
    }
    telling = true;
    try {
      listener.accept(line);
    } catch (RuntimeException | Error fault) {
      keep("log: the listener %s threw %s".formatted(listener.getClass().getName(), fault));
    } finally {
      telling = false;
    }
  }

  private void keep(String line) {
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
