package dev.nommu.tck.session;

import dev.nommu.api.Consent;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Placement;
import dev.nommu.kernel.mmap.MappedRegion;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.tck.interpose.Invocation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what sessions reach, to show sessions that reach nothing. Thread-safe. */
public final class Coverage {
  private static final String KERNEL = "dev.nommu.kernel.";

  private final Map<Point, Long> counts = new TreeMap<>();

  /** Creates an empty counter. */
  public Coverage() {}

  /** The kinds of items that can be reached. */
  public enum Kind {
    /** A rule that made a call fail, or decided about a mapping. */
    RULE,
    /** The outcome of a call: success, or an error. */
    OUTCOME,
    /** The answer of a method of the plugin. */
    ANSWER,
    /** An injected fault. */
    FAULT
  }

  /**
   * An item reached.
   *
   * @param kind its kind
   * @param name the number of a rule, or {@code pread: EINVAL}, or {@code SensorFile.read: EIO}
   */
  public record Point(Kind kind, String name) implements Comparable<Point> {
    @Override
    public int compareTo(Point other) {
      int byKind = kind.compareTo(other.kind);
      return byKind == 0 ? name.compareTo(other.name) : byKind;
    }
  }

  /** Returns how often each was reached. */
  public synchronized Map<Point, Long> counts() {
    return Map.copyOf(counts);
  }

  synchronized void reached(Kind kind, String name) {
    counts.merge(new Point(kind, name), 1L, Long::sum);
  }

  /** Counts the outcomes of the calls of a transcript. */
  void outcomes(List<String> trace) {
    Answered.all(trace).forEach(each -> reached(Kind.OUTCOME, each.call() + ": " + each.outcome()));
  }

  /** Counts a value returned by a method of the plugin, but not of objects of the kernel. */
  void returned(Invocation call, @Nullable Object answer) {
    answered(call, returned(answer));
  }

  /** Counts an exception thrown by a method of the plugin. */
  void threw(Invocation call, Throwable thrown) {
    answered(
        call,
        thrown instanceof ErrnoException failure
            ? failure.errno().toString()
            : "threw " + thrown.getClass().getSimpleName());
  }

  private void answered(Invocation call, String answer) {
    String author = call.author().getName();
    if (!author.startsWith(KERNEL)) {
      reached(Kind.ANSWER, simple(call.author()) + "." + call.method().getName() + ": " + answer);
    }
  }

  private static String simple(Class<?> author) {
    String name = author.getName();
    int lambda = name.indexOf("$$Lambda");
    String whole = lambda < 0 ? name : name.substring(0, lambda);
    return whole.substring(whole.lastIndexOf('.') + 1);
  }

  private static String returned(@Nullable Object answer) {
    return switch (answer) {
      case null -> "returned";
      case Placement.At at -> "placed";
      case Placement.Pointed pointed -> "pointed";
      case Placement.Declined declined -> "declined";
      case Consent.Accepted accepted -> "accepted";
      case Consent.Declined declined -> "declined";
      case Optional<?> optional when optional.isEmpty() -> "none";
      case Boolean yes -> yes.toString();
      case Number number -> Long.signum(number.longValue()) == 0 ? "0" : "a number";
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      default -> "returned";
    };
  }

  /** Returns a counter of the rules that decide on a mapping. */
  Trail trail() {
    return new Trail() {
      @Override
      public void applied(Rule rule) {
        reached(Kind.RULE, rule.id());
      }

      @Override
      public void granted(Rule rule, MappedRegion region) {
        reached(Kind.RULE, rule.id());
        reached(Kind.OUTCOME, "mmap: on " + region.kind().toString().toLowerCase(Locale.ROOT));
      }
    };
  }
}
