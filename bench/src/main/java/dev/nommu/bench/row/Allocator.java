package dev.nommu.bench.row;

import dev.nommu.api.AddressRange;
import dev.nommu.bench.goal.Bound;
import dev.nommu.bench.goal.Figure;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Measurement;
import dev.nommu.bench.goal.Row;
import dev.nommu.bench.goal.Source;
import dev.nommu.bench.goal.Unit;
import dev.nommu.bench.goal.WarmUp;
import dev.nommu.bench.trace.ChanceTrace;
import dev.nommu.bench.trace.ListBuddy;
import dev.nommu.bench.trace.Replay;
import dev.nommu.bench.trace.Step;
import dev.nommu.kernel.memory.BuddyAllocator;
import dev.nommu.kernel.memory.PageAllocator;
import dev.nommu.kernel.memory.Ram;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The page allocator: the calls of the conformance suite, and random calls. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Allocator {
  private static final long SEED = 2026;

  /** The table row of these benchmarks. */
  public static final Row ROW =
      new Row(
          "page allocator: the trace of the conformance suite, and one by chance (seed 2026)",
          List.of(
              new Source.Benchmarks(Allocator.class, WarmUp.USUAL),
              new Source.Count(Allocator::compare)),
          List.of(
              rate("suite", "SUITE"),
              rate("chance", "CHANCE"),
              usability("suite", "SUITE"),
              usability("chance", "CHANCE")));

  private static Goal rate(String text, String trace) {
    return new Goal(
        text + ": operations a second, stated",
        new Figure.PerSecond("steps(%s)".formatted(trace), "nommu(%s)".formatted(trace)),
        Bound.STATED);
  }

  private static Goal usability(String text, String trace) {
    return new Goal(
        text + ": free memory as usable as with Linux's buddy",
        new Figure.Ratio("usable(%s)".formatted(trace), "usableByLists(%s)".formatted(trace)),
        new Bound.AtLeast(1));
  }

  /** The RAM of the recorded machine, in whole blocks. */
  private static final AddressRange RAM = new AddressRange(0x8000_0000L, 128L << 20);

  /** The source of a trace. */
  public enum Trace {
    /** From the scenarios of the conformance suite. */
    SUITE {
      @Override
      List<Step> steps() throws Exception {
        return Suite.recordTrace();
      }
    },
    /** From a seed. */
    CHANCE {
      @Override
      List<Step> steps() {
        return ChanceTrace.of(SEED, 20_000, 28_000);
      }
    };

    abstract List<Step> steps() throws Exception;
  }

  /** The trace. */
  @Param private Trace trace = Trace.SUITE;

  private List<Step> steps = List.of();

  /** Records or generates the trace. */
  @Setup
  public void take() throws Exception {
    steps = trace.steps();
  }

  /** Returns the allocator after the trace. */
  @Benchmark
  public PageAllocator nommu() {
    PageAllocator allocator = fresh();
    Replay.run(steps, allocator);
    return allocator;
  }

  private static PageAllocator fresh() {
    return new BuddyAllocator(Ram.of(RAM), List.of(), BuddyAllocator.MAX_PAGE_ORDER);
  }

  private static List<Measurement> compare() throws Exception {
    List<Measurement> measured = new ArrayList<>();
    for (Trace each : Trace.values()) {
      List<Step> steps = each.steps();
      PageAllocator lists = new ListBuddy(RAM, BuddyAllocator.MAX_PAGE_ORDER);
      add(measured, "steps(%s)", each, steps.size());
      add(measured, "usable(%s)", each, Replay.usability(steps, fresh()));
      add(measured, "usableByLists(%s)", each, Replay.usability(steps, lists));
    }
    return measured;
  }

  private static void add(List<Measurement> to, String name, Trace of, double figure) {
    to.add(Measurement.exact(String.format(Locale.ROOT, name, of), figure, Unit.SHARE));
  }
}
