package dev.nommu.bench.row;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.bench.goal.Bound;
import dev.nommu.bench.goal.Figure;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Row;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Loads and stores through a mapping. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LoadsAndStores {
  private static final double GOAL = 0.98;

  /** The table row of these benchmarks. */
  public static final Row ROW =
      Row.of(
          "loads and stores through a mapping of 64 KiB",
          LoadsAndStores.class,
          goal("bytes", "bytes"),
          goal("longs", "longs"),
          goal("in bulk", "bulk"));

  private static Goal goal(String text, String method) {
    return new Goal(
        text + ": 0.98 of the bare MemorySegment",
        new Figure.Ratio(method + "(SEGMENT)", method + "(MAPPING)"),
        new Bound.AtLeast(GOAL));
  }

  private static final int LENGTH = 64 * 1024;

  /** The memory to load from and store to. */
  public enum Memory {
    /** A shared mapping of a ramfs file. */
    MAPPING,
    /** Memory of an arena. */
    SEGMENT
  }

  /** The memory. */
  @Param private Memory memory = Memory.MAPPING;

  private Machine machine;
  private Arena arena;
  private MemorySegment segment;
  private MemorySegment other;

  /** Maps or allocates. */
  @Setup
  public void open() throws BoardException, ErrnoException, MemoryFault {
    machine = BenchBoard.boot(16);
    arena = Arena.ofShared();
    other = arena.allocate(LENGTH, Page.SIZE);
    segment =
        switch (memory) {
          case MAPPING -> mapped(machine.init());
          case SEGMENT -> arena.allocate(LENGTH, Page.SIZE);
        };
  }

  private static MemorySegment mapped(Task task) throws ErrnoException, MemoryFault {
    int file = task.open("/tmp/file", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
    task.ftruncate(file, LENGTH);
    return task.memory(task.mmap(0, LENGTH, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), LENGTH);
  }

  /** Releases all resources. */
  @TearDown
  public void close() {
    machine.close();
    arena.close();
  }

  /** Adds one to every byte. */
  @Benchmark
  public void bytes() {
    for (long at = 0; at < LENGTH; at++) {
      byte value = segment.get(ValueLayout.JAVA_BYTE, at);
      segment.set(ValueLayout.JAVA_BYTE, at, (byte) (value + 1));
    }
  }

  /** Adds one to every long. */
  @Benchmark
  public void longs() {
    for (long at = 0; at < LENGTH; at += Long.BYTES) {
      segment.set(ValueLayout.JAVA_LONG, at, segment.get(ValueLayout.JAVA_LONG, at) + 1);
    }
  }

  /** Copies everything out and back. */
  @Benchmark
  public void bulk() {
    other.copyFrom(segment);
    segment.copyFrom(other);
  }
}
