package dev.nommu.kernel.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The last records the kernel printed, as in {@code dmesg}. Thread-safe. */
public final class KernelLog {
  /** The level of lines printed without one: a warning. */
  public static final int DEFAULT_LEVEL = 4;

  private static final int CAPACITY = 4096;

  /** The number of rate-limited sources; the oldest are dropped. */
  private static final int MOST_SOURCES = 256;

  @GuardedBy("this")
  private final Deque<LogRecord> records = new ArrayDeque<>();

  /** The number of the next record. */
  @GuardedBy("this")
  private long end;

  private final Consumer<String> listener;
  private boolean telling;
  private volatile LongSupplier nanos = () -> 0;
  private volatile Runnable printed = () -> {};

  @GuardedBy("this")
  private final LinkedHashMap<String, RateLimit> limits = new LinkedHashMap<>();

  /** Creates an empty log. */
  public KernelLog() {
    this(line -> {});
  }

  /**
   * Creates an empty log that passes each line to a listener, in order.
   *
   * @param listener called by the thread that prints, which may hold locks of the kernel: it must
   *     neither block nor use the machine. Its exceptions are logged
   */
  public KernelLog(Consumer<String> listener) {
    this.listener = listener;
  }

  /**
   * Adds a line; the oldest is dropped when there are too many. A line printed by the listener
   * itself is stored, but not passed to it.
   */
  public void print(String line) {
    print(DEFAULT_LEVEL, line);
  }

  /**
   * Adds a line as {@link #print(String)} does.
   *
   * @param priority facility times 8 plus level, as in syslog(2)
   */
  public void print(int priority, String line) {
    printAndTell(priority, line);
    printed.run();
  }

  private synchronized void printAndTell(int priority, String line) {
    keep(priority, line);
    if (telling) {
      return;
    }
    telling = true;
    try {
      listener.accept(line);
    } catch (RuntimeException | Error fault) {
      keep(
          DEFAULT_LEVEL,
          "log: the listener %s threw %s".formatted(listener.getClass().getName(), fault));
    } finally {
      telling = false;
    }
  }

  /** Sets the listener that is called for each further record. */
  public void whenPrinted(Runnable hearer) {
    printed = hearer;
  }

  /** Sets the clock of further records, in nanoseconds. */
  public void clock(LongSupplier machines) {
    nanos = machines;
  }

  /**
   * Adds lines unless lines of the same source were added ten times within five seconds, as {@code
   * printk_ratelimited} does. After the five seconds, the next call reports how many calls were
   * suppressed.
   *
   * @param source the subject of the lines, such as {@code "plugin org.acme.Sensor"}
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

  @GuardedBy("this")
  private void keep(int priority, String line) {
    if (records.size() == CAPACITY) {
      records.removeFirst();
    }
    records.addLast(new LogRecord(end++, priority, nanos.getAsLong(), line));
  }

  /** Returns the stored lines, oldest first. */
  public synchronized List<String> lines() {
    return records.stream().map(LogRecord::text).toList();
  }

  /** Returns the number of the oldest stored record, or of the next one if there is none. */
  public synchronized long first() {
    return end - records.size();
  }

  /** Returns the number of the next record. */
  public synchronized long end() {
    return end;
  }

  /**
   * Returns a record, or the oldest if it is no longer stored.
   *
   * @param sequence its number, less than {@link #end}
   */
  public synchronized LogRecord from(long sequence) {
    return records.stream()
        .skip(Math.max(0, sequence - first()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no record " + sequence));
  }
}
