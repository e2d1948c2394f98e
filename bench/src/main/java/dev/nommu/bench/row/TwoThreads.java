package dev.nommu.bench.row;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.bench.goal.Bound;
import dev.nommu.bench.goal.Figure;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Row;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Two processes that work on two files at the same time. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TwoThreads {
  /** The table row of these benchmarks. */
  public static final Row ROW =
      Row.of(
          "two threads on two files: mmap, munmap, pwrite and pread of 4 KiB",
          TwoThreads.class,
          new Goal(
              "1.8 times one thread on one file",
              new Figure.Speedup(2, "one", "two"),
              new Bound.AtLeast(1.8)));

  private static final int LENGTH = 4096;

  /**
   * The processes work in the middle of files of sixteen pages: with adjacent pages, a processor
   * prefetches cache lines of the next page, to which another processor writes.
   */
  private static final int SIZE = 16 * LENGTH;

  private static final int MIDDLE = SIZE / 2;

  /** The machine that the threads share. */
  @State(Scope.Benchmark)
  public static class Shared {
    private Machine machine;

    /** Boots. */
    @Setup
    public void boot() throws BoardException {
      machine = BenchBoard.boot(16);
    }

    /** Releases all resources. */
    @TearDown
    public void close() {
      machine.close();
    }
  }

  /** A process with its own file. */
  @State(Scope.Thread)
  public static class Worker {
    private Task task;
    private Arena arena;
    private MemorySegment buffer;
    private int file;

    /** Starts the process and creates the file. */
    @Setup
    public void open(Shared shared) throws ErrnoException {
      arena = Arena.ofConfined();
      buffer = arena.allocate(LENGTH);
      task = shared.machine.init().spawn("worker");
      file = task.open("/tmp/file" + task.pid(), OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
      task.ftruncate(file, SIZE);
    }

    /** Frees the memory. */
    @TearDown
    public void close() {
      arena.close();
    }

    private long work() throws ErrnoException {
      long address = task.mmap(0, LENGTH, PROT_READ | PROT_WRITE, MAP_SHARED, file, MIDDLE);
      task.munmap(address, LENGTH);
      return task.pwrite(file, buffer, MIDDLE) + task.pread(file, buffer, MIDDLE);
    }
  }

  /** Returns the number of bytes read and written. */
  @Benchmark
  @Threads(1)
  public long one(Worker worker) throws ErrnoException {
    return worker.work();
  }

  /** Returns the number of bytes read and written. */
  @Benchmark
  @Threads(2)
  public long two(Worker worker) throws ErrnoException {
    return worker.work();
  }
}
