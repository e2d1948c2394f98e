package dev.nommu.kernel.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The last lines the kernel said, as in {@code dmesg}. Thread-safe. */
public final class KernelLog {
  private static final int CAPACITY = 4096;

  /** Of how many sources it is counted what they say; the oldest are forgotten. */
  private static final int MOST_SOURCES = 256;

  private final Deque<String> lines = new ArrayDeque<>();
  private final Consumer<String> listener;
  private boolean telling;
  private volatile LongSupplier nanos = () -> 0;

  @GuardedBy("this")
  private final LinkedHashMap<String, RateLimit> limits = new LinkedHashMap<>();

  /** Creates a log without lines. */
  public KernelLog() {
    this(line -> {});
  }

  /**
   * Creates a log without lines that tells a listener each line, in order.
   *
   * @param listener told by the thread that prints, which may hold locks of the kernel: it must
   *     neither wait nor use the machine. Its exceptions become a line
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

  /** Says by which clock {@link #printRatelimited} counts from now on: in nanoseconds. */
  public void clock(LongSupplier machines) {
    nanos = machines;
  }

  /**
   * Adds lines unless ten times within five seconds lines of the same source were added already, as
   * {@code printk_ratelimited}. When the five seconds are over, the next time says how often
   * nothing was said.
   *
   * @param source what they are about, such as {@code "plugin org.acme.Sensor"}
   */
  public void printRatelimited(String source, List<String> lines) {
    long now = nanos.getAsLong();
    synchronized (this) {
      RateLimit limit = limit(source, now);
      int suppressed = limit.renew(now);
      if (suppressed > 0) {
        print("%s: %d callbacks suppressed".formatted(source, suppressed));
      }
      if (limit.permits()) {
        lines.forEach(this::print);
      }
    }
  }

  @GuardedBy("this")
  private RateLimit limit(String source, long now) {
    if (limits.size() == MOST_SOURCES && !limits.containsKey(source)) {
      limits.pollFirstEntry();
    }
    return limits.computeIfAbsent(source, absent -> new RateLimit(now));
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
